package io.fcrawler.store.watch;

import io.fcrawler.store.watch.Finding.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The disk that Redis keeps its data on. A rewrite of the append-only file needs as much space
 * again as the file has.
 */
final class RedisDisk {
  private static final long LEAST_BYTES = 256L << 20;

  private RedisDisk() {}

  /**
   * Empty also where the folder cannot be seen.
   *
   * @param file bytes of the append-only file; its own folder may be closed to this program
   */
  static Optional<Finding> finding(Path folder, long file) {
    try {
      return finding(folder, Files.getFileStore(folder).getUsableSpace(), file);
    } catch (IOException e) {
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
}
