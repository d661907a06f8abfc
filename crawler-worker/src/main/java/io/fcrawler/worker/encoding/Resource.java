package io.fcrawler.worker.encoding;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The tables of the standard beside the classes. */
final class Resource {
  private Resource() {}

  /** The lines of a file, without those of comment. */
  static List<String> lines(String file) {
    try (InputStream data = Resource.class.getResourceAsStream(file)) {
      byte[] bytes = Objects.requireNonNull(data, file).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
