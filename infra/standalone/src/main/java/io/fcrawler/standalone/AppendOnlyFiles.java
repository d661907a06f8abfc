package io.fcrawler.standalone;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

  /** Copies the whole folder beside it, under a name with the time, and answers that. */
  Path keepCopy(LocalDateTime now) throws IOException {
    Path copy = folder.resolveSibling(NAME + ".damaged-" + STAMP.format(now));
    for (int i = 2; Files.exists(copy); i++) {
      copy = folder.resolveSibling(NAME + ".damaged-" + STAMP.format(now) + "-" + i);
    }
    Files.createDirectory(copy);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }

  static void deleteCopy(Path copy) throws IOException {
    try (Stream<Path> files = Files.list(copy)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(copy);
  }

  /** Cuts the last increment where it can't be believed any more. */
  void cut(String unknownName) throws IOException {
    Optional<Path> last = lastIncrement();
    if (last.isEmpty()) {
      return;
    }
    long good = AofScanner.goodLength(last.get(), unknownName);
    try (RandomAccessFile file = new RandomAccessFile(last.get().toFile(), "rw")) {
      if (good < file.length()) {
        file.setLength(good);
        file.getFD().sync();
      }
    }
  }
}
