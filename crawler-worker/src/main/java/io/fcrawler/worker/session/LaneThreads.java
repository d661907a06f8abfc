package io.fcrawler.worker.session;

import io.fcrawler.lane.Lane;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The virtual threads of a session's lanes. Thread-safe. */
final class LaneThreads {
  private final Map<Thread, Lane> running = new HashMap<>();
  private Optional<Runnable> whenAllEnded = Optional.empty();

  /** What a thread runs. */
  interface Task {
    void run() throws InterruptedException;
  }

  /** Starts a thread; {@code ended} is told how it ended: an interrupt is no failure. */
  void start(String name, Lane lane, Task task, Consumer<Optional<Throwable>> ended) {
    Thread thread = Thread.ofVirtual().name(name).unstarted(() -> run(task, ended));
    synchronized (this) {
      running.put(thread, lane);
    }
    thread.start();
  }

  private void run(Task task, Consumer<Optional<Throwable>> ended) {
    Optional<Throwable> failure = Optional.empty();
    try {
      task.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      failure = Optional.of(e);
    } finally {
      remove(Thread.currentThread());
    }
    ended.accept(failure);
  }

  private void remove(Thread thread) {
    synchronized (this) {
      running.remove(thread);
    }
    check();
  }

  synchronized void interrupt(Lane lane) {
    running.forEach((thread, its) -> {
      if (its.equals(lane)) {
        thread.interrupt();
      }
    });
  }

  synchronized void interruptAll() {
    running.keySet().forEach(Thread::interrupt);
  }

  /** Runs the action once no thread is left; no thread may be started after. */
  void whenAllEnded(Runnable action) {
    synchronized (this) {
      whenAllEnded = Optional.of(action);
    }
    check();
  }

  /** Runs the action where its time has come, once, and not under the lock: it takes others. */
  private void check() {
    Optional<Runnable> due = Optional.empty();
    synchronized (this) {
      if (running.isEmpty()) {
        due = whenAllEnded;
        whenAllEnded = Optional.empty();
      }
    }
    due.ifPresent(Runnable::run);
  }
}
