package io.fcrawler.store.watch;

import io.fcrawler.store.watch.Finding.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The disk that Redis keeps its data on. A rewrite of the append-only file needs as much space
 * again as the file has.
 */
final class RedisDisk {
  private static final long LEAST_BYTES = 256L << 20;

  private RedisDisk() {}

  /** Empty also where the folder cannot be read. */
  static Optional<Finding> finding(Path folder) {
    try {
      long usable = Files.getFileStore(folder).getUsableSpace();
      return finding(folder, usable, size(folder.resolve("appendonlydir")));
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  static Optional<Finding> finding(Path folder, long usable, long file) {
    long needed = Math.max(LEAST_BYTES, file);
    if (usable >= needed) {
      return Optional.empty();
    }
    String problem =
        "has %s of disk left, but a rewrite of its append-only file may need %s"
            .formatted(Findings.mib(usable), Findings.mib(needed));
    return Optional.of(new Finding(Kind.DISK_LOW, problem, "free space on the disk of " + folder));
  }

  /** Of the files in a folder, in bytes; one that is removed meanwhile counts as none. */
  private static long size(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
