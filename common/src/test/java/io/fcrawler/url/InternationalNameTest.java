package io.fcrawler.url;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Conformance to UTS 46, by the vectors of {@code idna/README.md}. */
class InternationalNameTest {
  private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9A-F]{4})|\\\\x\\{([0-9A-F]+)}");
  private static final Splitter COLUMNS = Splitter.on(';').trimResults();
  private static final Splitter CODES = Splitter.on(',').trimResults().omitEmptyStrings();

  /** Checks that browsers do not make: of lengths, hyphens and signs. */
  private static final Set<String> NOT_MADE = Set.of("A4_1", "A4_2", "V2", "V3", "U1", "X4_2");

  /**
   * A vector.
   *
   * @param ascii its form; empty where it is no name
   */
  private record Vector(String source, Optional<String> ascii) {
    static Vector of(String line) {
      List<String> columns = COLUMNS.splitToList(line);
      String source = text(columns.get(0), "");
      String ascii = text(columns.get(3), text(columns.get(1), source));
      String codes = columns.get(4).isEmpty() ? columns.get(2) : columns.get(4);
      boolean right = NOT_MADE.containsAll(CODES.splitToList(codes.replaceAll("[\\[\\]]", "")));
      return new Vector(source, right ? Optional.of(ascii) : Optional.empty());
    }

    private static String text(String column, String blank) {
      if (column.isEmpty()) {
        return blank;
      }
      return ESCAPE.matcher(column.equals("\"\"") ? "" : column).replaceAll(Vector::character);
    }

    private static String character(java.util.regex.MatchResult escape) {
      String hex = escape.group(1) == null ? escape.group(2) : escape.group(1);
      return Matcher.quoteReplacement(Character.toString(Integer.parseInt(hex, 16)));
    }

    Optional<String> ours() {
      try {
        return Optional.of(InternationalName.toAscii(source));
      } catch (MalformedUrlException e) {
        return Optional.empty();
      }
    }
  }

  @Test
  void everyNameOfUnicodesTestHasItsForm() throws IOException {
    List<Vector> vectors = vectors();
    List<String> wrong = new ArrayList<>();
    for (Vector vector : vectors) {
      if (!vector.ours().equals(vector.ascii())) {
        wrong.add(vector + ": " + vector.ours());
      }
    }
    assertEquals(List.of(), wrong);
    assertEquals(6391, vectors.size());
  }

  @Test
  void aNameInAsciiIsReadable() {
    assertEquals("bücher.example", InternationalName.toUnicode("xn--bcher-kva.example"));
    assertEquals("xn--a.example", InternationalName.toUnicode("xn--a.example"));
    assertEquals("xn--1ug.example", InternationalName.toUnicode("xn--1ug.example"));
  }

  private static List<Vector> vectors() throws IOException {
    try (InputStream data =
        InternationalNameTest.class.getResourceAsStream("/idna/IdnaTestV2.txt")) {
      String text = new String(Objects.requireNonNull(data).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .map(line -> line.replaceFirst("#.*", ""))
          .filter(line -> !line.isBlank())
          .map(Vector::of)
          .toList();
    }
  }
}
