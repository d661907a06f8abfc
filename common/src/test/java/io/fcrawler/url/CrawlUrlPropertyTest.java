package io.fcrawler.url;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What holds for every URL; a failing run names the seed with which it can be repeated. */
class CrawlUrlPropertyTest {
  private static final int CASES = 5_000;
  private static final List<String> PIECES =
      List.of(
          "/",
          "/",
          "/",
          ".",
          "..",
          "%2e",
          "%2E%2e",
          "%",
          "%2",
          "%25",
          "%41",
          "%c3%a4",
          "%C3%A4",
          "%00",
          "%2F",
          "%3f",
          "%23",
          "a",
          "B",
          "~",
          "-",
          "_",
          " ",
          "+",
          "&",
          "=",
          ";",
          "?",
          "|",
          "\"",
          "<",
          ">",
          "{",
          "}",
          "[",
          "]",
          "^",
          "`",
          "'",
          "\\",
          ":",
          "@",
          "!",
          "$",
          "(",
          ")",
          "*",
          ",",
          "ä",
          "例",
          "💩",
          "\ud83d",
          "\u0001",
          "\u007f",
          "\u2028",
          "\t",
          "http://x");
  private static final List<String> HOSTS =
      List.of("h", "a.example", "A_b.Example.", "127.0.0.1", "[::1]", "bücher.example", "x-.y");

  private final long seed = Long.getLong("fcrawler.test.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @AfterEach
  void printSeed(TestInfo info) {
    System.out.println(info.getDisplayName() + ": -Dfcrawler.test.seed=" + seed);
  }

  @Test
  void theNormalFormIsItsOwnNormalForm() {
    for (int i = 0; i < CASES; i++) {
      String raw = url();
      CrawlUrl url = CrawlUrl.parse(raw).orElseThrow(() -> new AssertionError(raw));

      assertEquals(Optional.of(url), CrawlUrl.parse(url.value()), raw);
      assertEquals(url, CrawlUrl.ofNormal(url.value()), raw);
    }
  }

  @Test
  void theNormalFormIsAnAsciiUriWithoutFragmentAndDotSegments() {
    for (int i = 0; i < CASES; i++) {
      String raw = url();
      String value = CrawlUrl.parse(raw).orElseThrow().value();
      String whole =
          value.replaceAll("%(?![0-9A-F]{2})", "%25"); // a stray % is no URI's, but stays
      URI uri = assertDoesNotThrow(() -> new URI(whole), raw);

      assertTrue(value.chars().allMatch(c -> c > 0x20 && c < 0x7f), raw);
      assertFalse(value.contains("#"), raw);
      assertFalse((uri.getRawPath() + "/").matches(".*/\\.\\.?/.*"), raw);
    }
  }

  @Test
  void spellingsThatMeanTheSameHaveTheSameNormalForm() {
    for (int i = 0; i < CASES; i++) {
      String rest = rest() + "z"; // white space at the end is dropped only without a fragment
      String path = rest.startsWith("/") || rest.startsWith("?") ? rest : "/" + rest;
      CrawlUrl plain = CrawlUrl.parse("http://a.example" + path).orElseThrow();

      for (String prefix :
          List.of("HTTP://A.EXAMPLE:80", " http://a.example.:", "http:\\\\a。example")) {
        assertEquals(Optional.of(plain), CrawlUrl.parse(prefix + path + "#x?y"), prefix + path);
      }
      assertEquals(plain, CrawlUrl.parse(plain.value() + "#").orElseThrow());
    }
  }

  @Test
  void encodingWhatNeedNotBeEncodedChangesNothing() {
    for (int i = 0; i < CASES; i++) {
      String word = word();
      CrawlUrl plain = CrawlUrl.parse("http://h/p" + word + "?q=" + word).orElseThrow();
      String encoded = "http://h/p" + encoded(word) + "?q=" + encoded(word);

      assertEquals(Optional.of(plain), CrawlUrl.parse(encoded), word);
    }
  }

  private String url() {
    String port = random.nextInt(4) == 0 ? ":" + (1 + random.nextInt(65_535)) : "";
    String rest = rest();
    boolean separated = rest.isEmpty() || "/?\\".indexOf(rest.charAt(0)) >= 0;
    return (random.nextBoolean() ? "http://" : "HTTPS://")
        + HOSTS.get(random.nextInt(HOSTS.size()))
        + port
        + (separated ? "" : "/")
        + rest
        + (random.nextInt(4) == 0 ? "#" + rest() : "");
  }

  private String rest() {
    StringBuilder rest = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      rest.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return rest.toString();
  }

  private String word() {
    String letters = "abcXYZ019-._~";
    StringBuilder word = new StringBuilder();
    for (int i = 1 + random.nextInt(8); i > 0; i--) {
      word.append(letters.charAt(random.nextInt(letters.length())));
    }
    return word.toString();
  }

  private String encoded(String word) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : word.getBytes(StandardCharsets.US_ASCII)) {
      HexFormat hex = random.nextBoolean() ? HexFormat.of() : HexFormat.of().withUpperCase();
      encoded.append(random.nextBoolean() ? "%" + hex.toHexDigits(b) : (char) b);
    }
    return encoded.toString();
  }
}
