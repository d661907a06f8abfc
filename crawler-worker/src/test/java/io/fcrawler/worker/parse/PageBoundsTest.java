package io.fcrawler.worker.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.worker.fetch.HttpMeta;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a page holds, its time and memory are bounded, and it is read. */
class PageBoundsTest {

  @Test
  void deepPagesAreRead() {
    String deep = "<div>".repeat(100_000) + "<a href=/t>x</a>";
    assertEquals(List.of("http://a.example/t"), Pages.links(deep));
    assertEquals("x", Pages.parse(deep + "</div>".repeat(100_000)).text());
    ParsedPage xml = Pages.parse(HttpMeta.ofType("application/xhtml+xml"), deep);
    assertEquals(List.of("http://a.example/t"), Pages.links(xml));
  }

  @Test
  void aHundredThousandLinksAreRead() {
    StringBuilder html = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      html.append("<a href=/").append(i).append(">x</a>");
    }
    ParsedPage page = Pages.parse(html.toString());
    assertEquals(100_000, page.links().size());
    assertFalse(page.truncated());
    ParsedPage more = Pages.parse(html.append("<a href=/0>x</a><a href=/more>x</a>").toString());
    assertEquals(100_000, more.links().size());
    assertTrue(more.truncated());
  }

  @Test
  void linksTakeAsMuchMemoryAsThePageAndNoMore() {
    StringBuilder html = new StringBuilder("<base href='/" + "x".repeat(1 << 20) + "/'>");
    for (int i = 0; i < 1000; i++) {
      html.append("<a href=").append(i).append(">x</a>");
    }
    ParsedPage page = Pages.parse(html.toString());
    assertTrue(page.truncated());
    assertEquals(15, page.links().size());
  }

  /** Looked for in each of them to the end of the page, where the charset is. */
  @ParameterizedTest
  @ValueSource(strings = {"<a", "<a b='", "<a b=\"", "<meta ", "<!-", "<title", "</a x="})
  @Timeout(600)
  void tagsThatNeverEndAreLookedThroughOnce(String tag) {
    byte[] body = (tag.repeat(60_000 / tag.length()) + ">x").getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 20; i++) {
      assertEquals(Optional.empty(), MetaCharset.of(body));
    }
  }

  @Test
  void tagsBeyondTheLimitAreCut() {
    ParsedPage page = Pages.parse("<!>".repeat(900_000) + "<a href=/t>x</a>");
    assertTrue(page.truncated());
    assertEquals(List.of(), page.links());
  }

  @Test
  void textIsCutAtItsLimitAndWordsAreCountedOn() {
    ParsedPage page = Pages.parse("<h1>" + "word ".repeat(200_000) + "</h1><h2>after</h2>");
    assertTrue(page.textTruncated());
    assertEquals(PageWalk.MAX_TEXT, page.text().length());
    assertEquals(200_001, page.wordCount());
    assertEquals(999, page.headings().getFirst().text().length());
    assertEquals(new Heading(2, "after"), page.headings().getLast());
  }

  @Test
  void aLimitDoesNotCutACharacter() {
    NormalText text = new NormalText(4);
    text.append("abc\ud83d\ude00d");
    assertEquals("abc", text.toString());
    assertTrue(text.isTruncated());
  }

  @Test
  void aTitleWithoutEndIsCut() {
    assertEquals(1000, Pages.parse("<title>" + "x".repeat(5_000_000)).title().length());
  }

  @Test
  void nullBytesDoNoHarm() {
    ParsedPage page = Pages.parse("\0<p>a\0b</p>\0<a href='/\0t'>x</a><a href=/t>y</a>\0");
    assertTrue(Pages.links(page).contains("http://a.example/t"));
  }

  @Test
  void binarySentAsHtmlDoesNoHarm() {
    byte[] noise = new byte[200_000];
    new Random(7).nextBytes(noise);
    assertTrue(Pages.parse(Pages.HTML, noise).html());
    assertTrue(Pages.parse(HttpMeta.ofType("text/html"), noise).html());
    assertTrue(Pages.parse(HttpMeta.ofType("application/xhtml+xml"), noise).html());
  }

  @Test
  void nothingThatAPageHoldsIsAnException() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String[] parts = {
      "<",
      ">",
      "</",
      "/>",
      "a",
      "table",
      "tr",
      "td",
      "b",
      "i",
      "p",
      "form",
      "svg",
      "math",
      "title",
      "template",
      "select",
      "option",
      "frameset",
      "frame",
      "iframe",
      "script",
      "style",
      "noscript",
      "head",
      "body",
      "html",
      "base",
      "meta",
      "link",
      " href=",
      " src=",
      " rel=canonical",
      " http-equiv=refresh content='0;url=x'",
      " srcdoc='<a href=x>'",
      "'",
      "\"",
      "&",
      ";",
      "#",
      "&#x1F600;",
      "<!--",
      "-->",
      "<![CDATA[",
      "]]>",
      "<?xml",
      "?>",
      "<!doctype",
      " ",
      "\n",
      "\0",
      "\ufffe",
      "é",
      "://",
      "h1",
      "x"
    };
    for (int i = 0; i < 3000; i++) {
      StringBuilder html = new StringBuilder();
      for (int k = random.nextInt(60); k >= 0; k--) {
        html.append(parts[random.nextInt(parts.length)]);
      }
      for (String type : new String[] {"text/html", "application/xhtml+xml"}) {
        try {
          Pages.parse(HttpMeta.ofType(type), html.toString());
        } catch (RuntimeException e) {
          throw new AssertionError("seed " + seed + ": " + html, e);
        }
      }
    }
  }
}
