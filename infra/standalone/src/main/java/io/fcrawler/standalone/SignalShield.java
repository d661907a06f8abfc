package io.fcrawler.standalone;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a terminal's Ctrl-C from the parts. It goes to the whole process group, which the parts
 * share with the launcher, but the launcher is to stop them one after the other.
 *
 * <p>A JVM leaves a signal alone that was ignored when it began. Redis doesn't, so for it the
 * signal is blocked, where {@code env} can do that; elsewhere Redis ends, and is started again
 * until its turn to be stopped comes.
 */
final class SignalShield {
  private static final List<String> IGNORE =
      List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");
  private static final List<String> BLOCK = List.of("env", "--block-signal=INT");

  private SignalShield() {}

  static List<String> forJava(List<String> command) {
    return joined(IGNORE, command);
  }

  static List<String> forRedis(List<String> command) {
    return canBlock() ? joined(BLOCK, command) : joined(IGNORE, command);
  }

  private static boolean canBlock() {
    try {
      Process process =
          new ProcessBuilder(joined(BLOCK, List.of("true")))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static List<String> joined(List<String> prefix, List<String> command) {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(command);
    return all;
  }
}
