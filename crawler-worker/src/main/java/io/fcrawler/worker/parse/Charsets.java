package io.fcrawler.worker.parse;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The charsets of the web by their labels. A label means what browsers take it for, which is often
 * a superset of what it says. The JDK knows others, in which markup may hide from filters, as
 * UTF-7: they are none.
 *
 * @see <a href="https://encoding.spec.whatwg.org/#names-and-labels">WHATWG Encoding, section
 *     4.2</a>
 */
final class Charsets {
  static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  private static final String DATA = "encodings.txt";
  private static final String TABLE = "table";
  private static final String NONE = "-";
  private static final Map<String, Charset> BY_LABEL = byLabel();

  private Charsets() {}

  /** The charset of a label; empty where no page on the web is in it. */
  static Optional<Charset> of(String label) {
    return Optional.ofNullable(BY_LABEL.get(label.strip().toLowerCase(Locale.ROOT)));
  }

  /** The charset that the body itself declares; one that cannot be read so far means UTF-8. */
  static Optional<Charset> declared(String label) {
    return of(label)
        .map(charset -> charset.name().startsWith("UTF-16") ? StandardCharsets.UTF_8 : charset);
  }

  /** How many labels there are that mean a charset. */
  static int labels() {
    return BY_LABEL.size();
  }

  private static Map<String, Charset> byLabel() {
    Map<String, Charset> tables = new HashMap<>();
    Map<String, Charset> labels = new HashMap<>();
    for (String line : lines()) {
      List<String> words = Splitter.on(' ').splitToList(line);
      if (words.getFirst().equals(TABLE)) {
        tables.put(words.get(1), new TableCharset(words.get(1), words.get(2)));
      } else if (!words.get(1).equals(NONE)) {
        Charset charset =
            words.get(1).equals(TABLE)
                ? Objects.requireNonNull(tables.get(words.getFirst()))
                : Charset.forName(words.get(1));
        words.subList(2, words.size()).forEach(label -> labels.put(label, charset));
      }
    }
    return Map.copyOf(labels);
  }

  private static List<String> lines() {
    try (InputStream data = Charsets.class.getResourceAsStream(DATA)) {
      byte[] bytes = Objects.requireNonNull(data, DATA).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
