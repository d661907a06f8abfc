package io.fcrawler.worker.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.worker.fetch.HttpMeta;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees are as large as their memory allows, whatever the markup. */
final class PageTreeTest {
  /** What a worker with a heap of 256 MiB has for a tree. */
  private static final long TREE = 62 << 20;

  private static final String STYLES = "<p>" + styles();

  private static String styles() {
    StringBuilder open = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      open.append("<b ").append(Integer.toString(i, 36)).append('>');
    }
    return open.toString();
  }

  private static ParsedPage parse(String html) {
    byte[] body = html.getBytes(StandardCharsets.UTF_8);
    PageCost cost = PageCost.of(Optional.of("text/html"), body, TREE);
    assertTrue(cost.nodes() <= TREE);
    return new PageParser("fcrawler")
        .parse(Pages.URL, HttpMeta.ofType("text/html"), body, cost.nodes());
  }

  /** Each paragraph makes twelve elements of three bytes. */
  @Test
  void aPageThatMakesFarMoreNodesThanItHasTagsIsCut() {
    ParsedPage page = parse(STYLES + "<p>x".repeat(100_000) + "<a href=/t>x</a>");
    assertTrue(page.truncated());
    assertTrue(page.wordCount() > 1000, "words: " + page.wordCount());
  }

  @Test
  void aSmallPageOfThatKindIsReadWhole() {
    ParsedPage page = parse(STYLES + "<p>x".repeat(500) + "<a href=/t>x</a>");
    assertFalse(page.truncated());
    assertEquals(1, page.links().size());
    assertEquals(500, page.wordCount());
  }

  @Test
  void aHundredThousandLinksInAListAreReadWhole() {
    StringBuilder html = new StringBuilder("<ul>");
    for (int i = 0; i < 100_000; i++) {
      html.append("<li><a href='/page/").append(i).append("'>x</a></li>\n");
    }
    ParsedPage page = parse(html.toString());
    assertEquals(100_000, page.links().size());
    assertFalse(page.truncated());
  }

  @ParameterizedTest
  @ValueSource(strings = {"<b><i>", "<table><b><i>", "<a><p>x", "<br a=1 b=2 c=3>", "<!>", "<p>é "})
  void whateverIsRepeatedIsReadAsFarAsItGoes(String repeated) {
    String html = "<title>T</title>first " + repeated.repeat((1 << 20) / repeated.length());
    ParsedPage page = parse(html);
    assertEquals("T", page.title());
    assertTrue(page.text().startsWith("first"));
  }

  @Test
  void anAnswerThatIsNotReadTakesItsBodyAlone() {
    assertEquals(
        new PageCost(1000, 0), PageCost.of(Optional.of("text/plain"), new byte[1000], TREE));
  }
}
