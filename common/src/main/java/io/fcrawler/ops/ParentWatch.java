package io.fcrawler.ops;

import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends this process in order when the launcher that started it is gone, however that came: a
 * launcher that was killed can't stop its parts. It watches where {@value #VARIABLE} names the
 * launcher's process, and does nothing elsewhere.
 */
public final class ParentWatch {
  /** Names the process that this one must not outlive, by its id. */
  public static final String VARIABLE = "FCRAWLER_PARENT_PID";

  private static final Logger LOG = LoggerFactory.getLogger(ParentWatch.class);

  private ParentWatch() {}

  /** Watches from now on, and exits with the shutdown hooks when the parent is gone. */
  public static void start(Map<String, String> env) {
    start(
        env,
        () -> {
          LOG.warn("The launcher is gone: stopping");
          System.exit(0);
        });
  }

  /**
   * Runs {@code whenGone} once, on a thread of its own, when the parent is gone; at once if it is
   * gone already.
   *
   * @throws IllegalArgumentException if the variable is there and is no process id
   */
  static void start(Map<String, String> env, Runnable whenGone) {
    String value = env.getOrDefault(VARIABLE, "").strip();
    if (value.isEmpty()) {
      return;
    }
    long pid = parse(value);
    Thread.ofPlatform()
        .daemon()
        .name("parent-watch")
        .start(() -> {
          parent(pid).ifPresent(parent -> parent.onExit().join());
          whenGone.run();
        });
  }

  /** An orphan gets another parent, so a process that took over the id is not mistaken for it. */
  private static Optional<ProcessHandle> parent(long pid) {
    return ProcessHandle.current().parent().filter(parent -> parent.pid() == pid);
  }

  private static long parse(String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(VARIABLE + " is not a process id", e);
    }
  }
}
