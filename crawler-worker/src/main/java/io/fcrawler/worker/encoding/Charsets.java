package io.fcrawler.worker.encoding;

import com.google.common.base.Splitter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The charsets of the web by their labels. A label means what browsers take it for, which is often
 * a superset of what it says. The JDK knows others, in which markup may hide from filters, as
 * UTF-7: they are none.
 *
 * @see <a href="https://encoding.spec.whatwg.org/#names-and-labels">WHATWG Encoding, section
 *     4.2</a>
 */
public final class Charsets {
  private static final String NONE = "-";
  private static final Splitter WORDS = Splitter.on(' ');
  private static final Map<String, Charset> BY_LABEL = byLabel();

  private Charsets() {}

  /** The charset of a label; empty where no page on the web is in it. */
  public static Optional<Charset> of(String label) {
    return Optional.ofNullable(BY_LABEL.get(label.strip().toLowerCase(Locale.ROOT)));
  }

  /** The charset of a label that the standard has. */
  public static Charset named(String label) {
    return of(label).orElseThrow(() -> new IllegalArgumentException(label));
  }

  /** The charset that the body itself declares; one that cannot be read so far means UTF-8. */
  public static Optional<Charset> declared(String label) {
    return of(label)
        .map(charset -> charset.name().startsWith("UTF-16") ? StandardCharsets.UTF_8 : charset);
  }

  /** All labels that mean a charset. */
  static Map<String, Charset> labels() {
    return BY_LABEL;
  }

  private static Map<String, Charset> byLabel() {
    Map<String, String> singles =
        Resource.lines("single-bytes.txt").stream()
            .map(WORDS::splitToList)
            .collect(Collectors.toMap(List::getFirst, List::getLast));
    Map<String, Charset> charsets = new HashMap<>();
    Map<String, Charset> labels = new HashMap<>();
    for (String line : Resource.lines("encodings.txt")) {
      List<String> words = WORDS.splitToList(line);
      String name = words.get(1);
      if (!name.equals(NONE)) {
        Charset charset = charsets.computeIfAbsent(name, unknown -> charset(unknown, singles));
        words.subList(2, words.size()).forEach(label -> labels.put(label, charset));
      }
    }
    return Map.copyOf(labels);
  }

  private static Charset charset(String name, Map<String, String> singles) {
    return switch (name) {
      case "UTF-8" -> StandardCharsets.UTF_8;
      case "UTF-16LE" -> StandardCharsets.UTF_16LE;
      case "UTF-16BE" -> StandardCharsets.UTF_16BE;
      case "GBK" -> new Gb18030(name, true);
      case "gb18030" -> new Gb18030(name, false);
      case "Big5" -> new Big5();
      case "EUC-JP" -> new EucJp();
      case "ISO-2022-JP" -> new Iso2022Jp();
      case "Shift_JIS" -> new ShiftJis();
      case "EUC-KR" -> new EucKr();
      default -> new SingleByteCharset(name, singles.getOrDefault(name, ""));
    };
  }
}
