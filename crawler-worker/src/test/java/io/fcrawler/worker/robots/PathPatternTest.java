package io.fcrawler.worker.robots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.url.CrawlUrl;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Lines as they are written, against URLs as they are requested: each byte in each spelling. */
class PathPatternTest {
  /** Those that mean something else in URLs where they are not encoded (RFC 3986, section 2.2). */
  private static final String RESERVED = "!#$&'()*+,/:;=?@";

  /** What a line or a URL cannot hold as it is, or not as itself alone. */
  private static final String ELSEWHERE = "\0\t\n\r#%*$?\\";

  @Test
  void anEncodedByteIsTheSameInBothCases() {
    for (int b = 0; b < 256; b++) {
      for (String line : encoded(b)) {
        for (String url : encoded(b)) {
          assertTrue(matches("/a" + line + "b", "/a" + url + "b"), line + " " + url);
          assertTrue(matches("/a?" + line + "b", "/a?" + url + "b"), line + " " + url);
        }
      }
    }
  }

  @Test
  void aPatternOfAQueryWithoutItsQuestionMarkHoldsAsItIsWritten() {
    assertTrue(matches("/*to=http%3A%2F%2F", "/x?to=http%3A%2F%2Fe"));
    assertTrue(matches("/*to=http://", "/x?to=http%3A%2F%2Fe"));
    assertTrue(matches("/*q=%27", "/x?q='"));
    assertFalse(matches("/*q=%27", "/x?q=a"));
    assertFalse(matches("/*q=%27\nAllow: /*%2Fok", "/x?q='%2Fok")); // the longer one
  }

  @Test
  void aCharacterIsItself() {
    for (char c = 1; c < 128; c++) {
      if (ELSEWHERE.indexOf(c) < 0) {
        assertTrue(matches("/a" + c + "b", "/a" + c + "b"), "" + c);
        assertTrue(matches("/a?" + c + "b", "/a?" + c + "b"), "" + c);
        assertFalse(matches("/a" + c + "b", "/ab"), "" + c);
      }
    }
  }

  @Test
  void aCharacterIsTheSameEncodedUnlessItIsReserved() {
    for (char c = 1; c < 128; c++) {
      if (ELSEWHERE.indexOf(c) >= 0) {
        continue;
      }
      boolean reserved = RESERVED.indexOf(c) >= 0;
      boolean inQuery = reserved && c != ':' && c != '/' && c != '\'';
      for (String encoded : encoded(c)) {
        assertEquals(!reserved, matches("/a" + c + "b", "/a" + encoded + "b"), "" + c);
        assertEquals(!reserved, matches("/a" + encoded + "b", "/a" + c + "b"), "" + c);
        assertEquals(!inQuery, matches("/a?" + c + "b", "/a?" + encoded + "b"), "" + c);
        assertEquals(!inQuery, matches("/a?" + encoded + "b", "/a?" + c + "b"), "" + c);
      }
    }
  }

  @Test
  void aTextIsFoundAsBySearchingPlainly() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      String text = text(random, 200);
      String piece = text(random, 60).repeat(1 + random.nextInt(3));
      int from = random.nextInt(text.length() + 1);
      String inside = text + piece + text;
      assertEquals(text.indexOf(piece, from), Search.indexOf(text, piece, from), "seed " + seed);
      assertEquals(
          inside.indexOf(piece, from), Search.indexOf(inside, piece, from), "seed " + seed);
    }
  }

  private static String text(Random random, int length) {
    return random
        .ints(random.nextInt(length), 'a', 'c')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static List<String> encoded(int octet) {
    return List.of("%%%02X".formatted(octet), "%%%02x".formatted(octet));
  }

  private static boolean matches(String line, String path) {
    byte[] robots = ("User-agent: *\nDisallow: " + line).getBytes(StandardCharsets.UTF_8);
    RobotsRules rules = new RobotsParser("fcrawler", Duration.ZERO).parse(robots);
    return !rules.allowed(CrawlUrl.parse("https://a.example" + path).orElseThrow());
  }
}
