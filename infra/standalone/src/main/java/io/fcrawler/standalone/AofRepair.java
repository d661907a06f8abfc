package io.fcrawler.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes an append-only file loadable that Redis refuses: cuts the end of its last increment, which
 * is kept beside it, from the first byte on that {@code redis-check-aof} or {@link AofScanner}
 * doesn't believe. What is before the damage stays, by whole transactions.
 *
 * <p>Redis itself, which by default cuts a half written end, cuts the last command alone (all
 * versions to 7.4 at least): what it writes next becomes part of the transaction that was begun,
 * and the next load runs half of that. So it must be started with {@link #REDIS_OPTIONS}.
 *
 * @see <a href="https://github.com/valkey-io/valkey/pull/4342">the same in Valkey</a>
 */
public final class AofRepair {
  /** With these Redis leaves a half written end to this class. */
  public static final List<String> REDIS_OPTIONS = List.of("--aof-load-truncated", "no");

  private static final Pattern REFUSAL =
      Pattern.compile("(?:(Unknown command) '([^']*)' )?reading the append only file");

  private final AppendOnlyFiles files;
  private final Optional<Path> checkAof;
  private final Supplier<LocalDateTime> now;

  /**
   * The repair of one Redis, which must not run while this works.
   *
   * @param checkAof the program, if there is one
   * @param now the local time, for the names of what is kept
   */
  public AofRepair(Path redisFolder, Optional<Path> checkAof, Supplier<LocalDateTime> now) {
    this.files = new AppendOnlyFiles(redisFolder);
    this.checkAof = checkAof;
    this.now = now;
  }

  /** Repairs after a failed start; empty if that wasn't for the file, or nothing was to cut. */
  public Optional<String> repairAfter(String redisLog) {
    Matcher refusal = REFUSAL.matcher(redisLog);
    if (!refusal.find()) {
      return Optional.empty();
    }
    String unknownName = Optional.ofNullable(refusal.group(2)).orElse("");
    return repair("refused its append-only file", unknownName);
  }

  /** Repairs a file that Redis would take, but whose last value would be zeros. */
  public Optional<String> repairZeros() {
    try {
      return files.endsInZero()
          ? repair("would load zeros from the end of its append-only file", "")
          : Optional.empty();
    } catch (IOException e) {
      throw new StartFailure("cannot read the data of redis: " + e.getMessage(), e);
    }
  }

  private Optional<String> repair(String why, String unknownName) {
    try {
      long size = files.size();
      long good = Math.min(files.goodLength(unknownName), checkedLength().orElse(size));
      if (good == size) {
        return Optional.empty();
      }
      String kept =
          files
              .cut(good, now.get())
              .map(file -> "; they are kept in " + file)
              .orElse("; there was no room to keep them");
      return Optional.of(
          "%s: its last %d bytes, all from the first bad one on, were cut%s"
              .formatted(why, size - good, kept));
    } catch (IOException e) {
      return Optional.of(why + ", and it could not be repaired: " + e.getMessage());
    }
  }

  /** What {@code redis-check-aof} believes of the last increment; empty where it doesn't say. */
  private OptionalLong checkedLength() throws IOException {
    Optional<Path> last = files.lastIncrement();
    if (checkAof.isEmpty() || last.isEmpty()) {
      return OptionalLong.empty();
    }
    Process process =
        new ProcessBuilder(checkAof.get().toString(), files.manifest().toString())
            .redirectErrorStream(true)
            .start();
    try (InputStream said = process.getInputStream()) {
      String name = Pattern.quote(last.get().getFileName().toString());
      return Pattern.compile("filename=" + name + ", size=\\d+, ok_up_to=(\\d+)")
          .matcher(new String(said.readAllBytes(), StandardCharsets.UTF_8))
          .results()
          .mapToLong(found -> Long.parseLong(found.group(1)))
          .findFirst();
    } finally {
      process.destroyForcibly();
    }
  }
}
