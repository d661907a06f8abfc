package io.fcrawler.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes an append-only file loadable that Redis refuses: keeps a copy of it, and cuts the last
 * increment at the last whole command, by {@code redis-check-aof --fix} and, for what that program
 * passes or where it is absent, by {@link AofScanner}. What is before the damage stays.
 */
public final class AofMender {
  private static final Pattern REFUSAL =
      Pattern.compile("(?:(Unknown command) '([^']*)' )?reading the append only file");
  private static final int LIMIT_MINUTES = 10;

  private final AppendOnlyFiles files;
  private final Optional<Path> checkAof;
  private final Supplier<LocalDateTime> now;

  /**
   * A mender of one Redis, which must not run while this works.
   *
   * @param checkAof the program, if there is one
   * @param now the local time, for the copies' names
   */
  public AofMender(Path redisFolder, Optional<Path> checkAof, Supplier<LocalDateTime> now) {
    this.files = new AppendOnlyFiles(redisFolder);
    this.checkAof = checkAof;
    this.now = now;
  }

  /** Mends after a start that failed; empty if that wasn't for the file, or nothing was to cut. */
  public Optional<String> mendAfter(String redisLog) {
    Matcher refusal = REFUSAL.matcher(redisLog);
    if (!refusal.find()) {
      return Optional.empty();
    }
    String unknownName = Optional.ofNullable(refusal.group(2)).orElse("");
    return mend("refused its append-only file", unknownName);
  }

  /** Mends a file that Redis would take, but whose last value would be zeros. */
  public Optional<String> mendZeros() {
    try {
      return files.endsInZero()
          ? mend("would load zeros from the end of its append-only file", "")
          : Optional.empty();
    } catch (IOException e) {
      throw new StartFailure("cannot read the data of redis: " + e.getMessage(), e);
    }
  }

  private Optional<String> mend(String why, String unknownName) {
    try {
      long before = files.size();
      Path copy = files.keepCopy(now.get());
      String how = runCheckAof() ? "redis-check-aof --fix" : "the launcher";
      files.cut(unknownName);
      long cut = before - files.size();
      if (cut == 0) {
        AppendOnlyFiles.deleteCopy(copy);
        return Optional.empty();
      }
      return Optional.of(
          "%s, mended by %s: %d bytes cut; as it was, it is kept in %s"
              .formatted(why, how, cut, copy));
    } catch (IOException e) {
      return Optional.of(why + ", and it could not be mended: " + e.getMessage());
    }
  }

  /** Whether the program was there and ended well; it answers its own question by our "y". */
  private boolean runCheckAof() throws IOException {
    if (checkAof.isEmpty()) {
      return false;
    }
    Process process =
        new ProcessBuilder(checkAof.get().toString(), "--fix", files.manifest().toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    confirm(process);
    try {
      return process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void confirm(Process process) {
    try (var answers = process.getOutputStream()) {
      answers.write("y\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // It ended without a question; how it ended tells the rest.
      return;
    }
  }
}
