package io.fcrawler.chaos.fault;

import io.fcrawler.chaos.fleet.RedisPart;
import java.util.ArrayList;
import java.util.List;

/** How long Redis's file was at what time, so that what is cut off can be dated. */
final class FileSizes {
  private record Size(String file, long bytes, long atNs) {}

  private final List<Size> sizes = new ArrayList<>();

  synchronized void look(RedisPart redis) {
    var file = redis.file().toFile();
    sizes.add(new Size(file.getName(), file.length(), System.nanoTime()));
  }

  /** When the file was at most so long, for the last time; the beginning if it never was. */
  synchronized long when(String file, long bytes) {
    long atNs = sizes.isEmpty() ? System.nanoTime() : sizes.getFirst().atNs();
    for (Size size : sizes) {
      if (size.file().equals(file) && size.bytes() <= bytes) {
        atNs = size.atNs();
      }
    }
    return atNs;
  }
}
