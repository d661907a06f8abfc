package io.fcrawler.standalone;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder in which Redis keeps its append-only file: a manifest, a base, and the increments
 * since, of which only the last is written to.
 */
final class AppendOnlyFiles {
  private static final String NAME = "appendonlydir";
  private static final Pattern INCREMENT = Pattern.compile("file \"?([^\"/ ]+)\"? seq \\d+ type i");
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private final Path folder;

  AppendOnlyFiles(Path redisFolder) {
    this.folder = redisFolder.resolve(NAME);
  }

  Path manifest() {
    return folder.resolve("appendonly.aof.manifest");
  }

  /** The file that Redis was writing to; empty where there is none yet, or it can't be told. */
  Optional<Path> lastIncrement() throws IOException {
    if (!Files.isRegularFile(manifest())) {
      return Optional.empty();
    }
    return Files.readAllLines(manifest(), StandardCharsets.ISO_8859_1).stream()
        .map(INCREMENT::matcher)
        .filter(Matcher::find)
        .reduce((first, second) -> second)
        .map(matcher -> folder.resolve(matcher.group(1)))
        .filter(Files::isRegularFile);
  }

  /**
   * Whether the last increment ends in a zero byte, as after a loss of power. Redis doesn't notice
   * zeros in place of the end of the last value, and would load them as data.
   */
  boolean endsInZero() throws IOException {
    Optional<Path> last = lastIncrement();
    if (last.isEmpty() || Files.size(last.get()) == 0) {
      return false;
    }
    try (RandomAccessFile file = new RandomAccessFile(last.get().toFile(), "r")) {
      file.seek(file.length() - 1);
      return file.read() == 0;
    }
  }

  /** The bytes of the last increment. */
  long size() throws IOException {
    Optional<Path> last = lastIncrement();
    return last.isEmpty() ? 0 : Files.size(last.get());
  }

  /** How much of the last increment can be believed, from its beginning on. */
  long goodLength(String unknownName) throws IOException {
    Optional<Path> last = lastIncrement();
    return last.isEmpty() ? 0 : AofScanner.goodLength(last.get(), unknownName);
  }

  /**
   * Cuts the last increment, and answers in which file beside the folder the end is kept; empty
   * where there is no room for it.
   */
  Optional<Path> cut(long good, LocalDateTime now) throws IOException {
    Path last = lastIncrement().orElseThrow();
    try (FileChannel file =
        FileChannel.open(last, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      Optional<Path> kept =
          keep(file.position(good), last.getFileName() + ".cut-" + STAMP.format(now));
      file.truncate(good).force(true);
      return kept;
    }
  }

  private Optional<Path> keep(FileChannel end, String name) throws IOException {
    Path kept = folder.resolveSibling(name);
    for (int i = 2; Files.exists(kept); i++) {
      kept = folder.resolveSibling(name + "-" + i);
    }
    try {
      Files.copy(Channels.newInputStream(end), kept);
      return Optional.of(kept);
    } catch (IOException e) {
      Files.deleteIfExists(kept); // the disk is full, which must not keep Redis down
      return Optional.empty();
    }
  }
}
