package io.fcrawler.chaos.fleet;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A process that faults are done to. One fault at a time has it, by {@link #lock}; only its holder
 * calls the other methods, apart from {@link #name} and {@link #died}.
 */
public abstract class Part {
  private final String name;
  private final ReentrantLock lock = new ReentrantLock();

  Part(String name) {
    this.name = name;
  }

  public final String name() {
    return name;
  }

  public final ReentrantLock lock() {
    return lock;
  }

  /** Starts it again on what it left, and returns when it may be expected to work. */
  public abstract void start();

  /** SIGKILL; returns when it is gone. */
  public abstract void kill();

  /** SIGTERM, and SIGKILL after {@code most}; returns when it is gone. */
  public abstract void stop(Duration most);

  abstract ProcessHandle process();

  /** Whether it should run, and does not, though no fault has it. */
  public final boolean died() {
    if (!lock.tryLock()) {
      return false;
    }
    try {
      return !process().isAlive();
    } finally {
      lock.unlock();
    }
  }

  /** SIGSTOP. */
  public final void freeze() {
    signal("STOP");
  }

  /** SIGCONT. */
  public final void thaw() {
    signal("CONT");
  }

  private void signal(String signal) {
    try {
      Process kill =
          new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process().pid()).start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("no " + signal + " to " + name);
      }
    } catch (IOException e) {
      throw new IllegalStateException("no " + signal + " to " + name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
