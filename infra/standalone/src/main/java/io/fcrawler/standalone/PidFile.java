package io.fcrawler.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Says which process a part is, by its id and its start time, which together name a process for
 * certain. It lives in the data folder, so that the next launcher finds what a killed one left.
 */
final class PidFile {
  /** The start time is computed from the clock at boot, which may have been set meanwhile. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  private final Path file;

  PidFile(Path file) {
    this.file = file;
  }

  void write(ProcessHandle process) throws IOException {
    Optional<Instant> started = process.info().startInstant();
    if (started.isEmpty()) {
      return;
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(part, process.pid() + " " + started.get().toEpochMilli() + "\n");
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  String part() {
    return file.getFileName().toString().replaceFirst("\\.pid$", "");
  }

  /** The process, if it still is the one that was written down. */
  Optional<ProcessHandle> process() throws IOException {
    List<String> words = List.of(Files.readString(file).strip().split(" "));
    if (words.size() != 2 || !words.stream().allMatch(word -> word.matches("\\d{1,18}"))) {
      return Optional.empty();
    }
    Instant written = Instant.ofEpochMilli(Long.parseLong(words.get(1)));
    return ProcessHandle.of(Long.parseLong(words.get(0)))
        .filter(process -> isSame(written, process.info().startInstant()))
        .filter(PidFile::isRunning);
  }

  /** A process that has ended but was not yet reaped counts as alive, but has no program. */
  static boolean isRunning(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }

  private static boolean isSame(Instant written, Optional<Instant> started) {
    return started
        .map(instant -> Duration.between(written, instant).abs().compareTo(TOLERANCE) <= 0)
        .orElse(false);
  }
}
