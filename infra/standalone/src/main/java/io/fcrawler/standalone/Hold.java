package io.fcrawler.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file by which another process has a part left alone once that has ended: as long as it names a
 * living process, the part is not started. It holds {@code PID WHY}, for example {@code 1234
 * backup}. Nobody has to clear it away: it means nothing once that process is gone.
 */
final class Hold {
  private static final Pattern CONTENT = Pattern.compile("(\\d{1,18})(?: ([a-z-]{1,30}))?\\s*");

  /** A file's time may be coarser than that of a process. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  private final Path file;

  Hold(Path file) {
    this.file = file;
  }

  /** Who holds the part, in words; empty where nobody does, or the file can't be understood. */
  Optional<String> holder() {
    try {
      Matcher content = CONTENT.matcher(Files.readString(file));
      if (!content.matches()) {
        return Optional.empty();
      }
      Instant written = Files.getLastModifiedTime(file).toInstant();
      String why = content.group(2) == null ? "" : " (" + content.group(2) + ")";
      return ProcessHandle.of(Long.parseLong(content.group(1)))
          .filter(process -> wasThere(process, written) && isRunning(process))
          .map(process -> "process " + process.pid() + why);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Another process may have got the same id since. */
  private static boolean wasThere(ProcessHandle process, Instant written) {
    return process
        .info()
        .startInstant()
        .map(started -> !started.isAfter(written.plus(TOLERANCE)))
        .orElse(true);
  }

  /** One that was not yet reaped has no command line; of another user's, no more is to be seen. */
  private static boolean isRunning(ProcessHandle process) {
    ProcessHandle.Info info = process.info();
    return process.isAlive() && (info.command().isPresent() || info.commandLine().isPresent());
  }
}
