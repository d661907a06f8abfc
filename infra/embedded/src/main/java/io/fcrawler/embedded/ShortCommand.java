package io.fcrawler.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A program that is asked something and is expected to end at once. */
final class ShortCommand {
  private static final int TIMEOUT_SECONDS = 10;

  /**
   * What the program said and how it ended.
   *
   * @param exitCode -1 if it could not be run or did not end in time
   */
  record Result(int exitCode, String output) {}

  private ShortCommand() {}

  static Result run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      Thread killer = killLater(process);
      try (InputStream out = process.getInputStream()) {
        String output = new String(out.readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
      } finally {
        killer.interrupt();
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return new Result(-1, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedServerException("interrupted while running " + command[0], e);
    }
  }

  /** Ends the process, and with it the reading of its output, when its time is over. */
  private static Thread killLater(Process process) {
    return Thread.ofVirtual()
        .name("short-command-timeout")
        .start(() -> {
          try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
              process.destroyForcibly();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }
}
