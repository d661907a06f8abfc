package io.fcrawler.worker.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against a plain way to do the same; a failing run names the seed with which it is repeated. */
class NormalTextTest {
  private static final int CASES = 5_000;
  private static final List<String> PIECES =
      List.of(
          "a",
          "word",
          "x".repeat(300),
          " ",
          " ",
          " ",
          "  ",
          "\n\t",
          "\u00a0",
          "\u2003",
          "\u0001",
          "\u00ad",
          "\u200b",
          "\ufeff",
          "é",
          "例",
          ".");

  private final long seed = Long.getLong("fcrawler.test.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void wordsAreSeparatedBySingleSpacesWhereverTheTextIsCut() {
    for (int i = 0; i < CASES; i++) {
      String raw = raw();
      List<String> words = words(raw);
      String whole = String.join(" ", words);
      int limit = random.nextInt(whole.length() + 2) + 1;
      NormalText text = new NormalText(limit);
      for (int from = 0; from < raw.length(); ) {
        int to =
            random.nextBoolean() ? raw.length() : from + 1 + random.nextInt(raw.length() - from);
        text.append(raw.substring(from, to));
        from = to;
      }

      String kept = whole.length() > limit ? whole.substring(0, limit).stripTrailing() : whole;
      String message = "-Dfcrawler.test.seed=" + seed + " " + raw + ", limit " + limit;
      assertEquals(kept, text.toString(), message);
      assertEquals(words.size(), text.words(), message);
      assertEquals(whole.length() > limit, text.isTruncated(), message);
    }
  }

  @Test
  void aBorderEndsAWord() {
    NormalText text = new NormalText(100);
    text.append("one two");
    text.breakWord();
    text.append("three");
    text.append("four ");
    text.breakWord();
    text.append(" five");

    assertEquals("one two threefour five", text.toString());
    assertEquals(4, text.words());
  }

  private static List<String> words(String raw) {
    String seen = raw.replaceAll("[\u00ad\u200b\ufeff]", "");
    return Arrays.stream(seen.split("[\\x00-\\x20\\x7f-\\xa0\u2003]+"))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private String raw() {
    StringBuilder raw = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      raw.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return raw.toString();
  }
}
