package io.fcrawler.worker.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.fcrawler.url.CrawlUrl;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Resolution by the WHATWG rules, and by RFC 3986, section 5.4, where these agree. */
class LinkResolverTest {
  private static final CrawlUrl BASE = url("http://a.example/b/c/d?q");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "g | http://a.example/b/c/g",
        "./g | http://a.example/b/c/g",
        "g/ | http://a.example/b/c/g/",
        "/g | http://a.example/g",
        "//g.example | http://g.example/",
        "?y | http://a.example/b/c/d?y",
        "g?y | http://a.example/b/c/g?y",
        "#s | http://a.example/b/c/d?q",
        "g#s | http://a.example/b/c/g",
        "g?y#s | http://a.example/b/c/g?y",
        "g#s/../x | http://a.example/b/c/g",
        "g?y/../x | http://a.example/b/c/g?y/../x",
        ";x | http://a.example/b/c/;x",
        "g;x=1/./y | http://a.example/b/c/g;x=1/y",
        "g;x=1/../y | http://a.example/b/c/y",
        ". | http://a.example/b/c/",
        "./ | http://a.example/b/c/",
        ".. | http://a.example/b/",
        "../ | http://a.example/b/",
        "../g | http://a.example/b/g",
        "../.. | http://a.example/",
        "../../ | http://a.example/",
        "../../g | http://a.example/g",
        "../../../g | http://a.example/g",
        "../../../../g | http://a.example/g",
        "/./g | http://a.example/g",
        "/../g | http://a.example/g",
        "g. | http://a.example/b/c/g.",
        ".g | http://a.example/b/c/.g",
        "g.. | http://a.example/b/c/g..",
        "..g | http://a.example/b/c/..g",
        "./../g | http://a.example/b/g",
        "./g/. | http://a.example/b/c/g/",
        "g/./h | http://a.example/b/c/g/h",
        "g/../h | http://a.example/b/c/h",
        "http:g | http://a.example/b/c/g",
        "http:/g | http://a.example/g",
        "http:?y | http://a.example/b/c/d?y",
        "https:g.example/x | https://g.example/x",
        "https:/g.example/x | https://g.example/x",
        "http:///g.example/x | http://g.example/x",
        "HTTP://G.Example:80/X | http://g.example/X",
        "https://g.example:443 | https://g.example/",
        "https://g.example:8443 | https://g.example:8443/",
        "http://g.example?y | http://g.example/?y",
        "http://user:secret@g.example/x | http://g.example/x",
        "%2e%2e/g | http://a.example/b/g",
        "%2E/g | http://a.example/b/c/g",
        ".%2e/g | http://a.example/b/g",
        "g%7Eh | http://a.example/b/c/g~h",
        "g%2fh | http://a.example/b/c/g%2Fh",
        "g h | http://a.example/b/c/g%20h",
        "g #s | http://a.example/b/c/g%20",
        "g\\h | http://a.example/b/c/g/h",
        "\\g | http://a.example/g",
        "\\\\g.example\\h | http://g.example/h",
        "/\\g.example/h | http://g.example/h",
        "..\\g | http://a.example/b/g",
        "g?a\\b | http://a.example/b/c/g?a%5Cb",
        "ä/ö?ü=ß | http://a.example/b/c/%C3%A4/%C3%B6?%C3%BC=%C3%9F",
        "日本語 | http://a.example/b/c/%E6%97%A5%E6%9C%AC%E8%AA%9E",
        "😀 | http://a.example/b/c/%F0%9F%98%80",
        "g<h>i\"j | http://a.example/b/c/g%3Ch%3Ei%22j",
        "g[1] | http://a.example/b/c/g%5B1%5D",
        "g{1}^`h | http://a.example/b/c/g%7B1%7D%5E%60h",
        "g:h | ",
        "http://münchen.example/ | http://xn--mnchen-3ya.example/",
        "http://a.example | http://a.example/",
        "http://a.example.evil.example/x | http://a.example.evil.example/x",
        "http://a.example:81/x | http://a.example:81/x",
        "1:2 | http://a.example/b/c/1:2",
        "./g:h | http://a.example/b/c/g:h",
        "/g:h | http://a.example/g:h",
        "g@h | http://a.example/b/c/g@h",
        "100% | http://a.example/b/c/100%",
        "g%zz | http://a.example/b/c/g%zz"
      })
  void aReferenceMeansWhatItMeansInABrowser(String reference, @Nullable String expected) {
    assertEquals(expected, text(BASE, reference));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "JavaScript:void(0)",
        "java\nscript:alert(1)",
        "mailto:a@a.example",
        "tel:+123",
        "data:text/html,x",
        "ftp://a.example/x",
        "file:///etc/passwd",
        "about:blank",
        "blob:http://a.example/x",
        "ws://a.example/",
        "sms:1",
        "http://",
        "http:///",
        "//",
        "https://?x",
        "http://a.example:99999/",
        "http://a.example:x/",
        "http://a b.example/",
        "http://a<b/"
      })
  void whatIsNoWebAddressIsNone(String reference) {
    assertNull(text(BASE, reference));
  }

  @Test
  void spacesControlsAndLineEndsAreDropped() {
    assertEquals("http://a.example/b/c/gh", text(BASE, " \u0000\u001f g\n\t\rh \u0001\t\n"));
    assertEquals("http://g.example/", text(BASE, "ht\ntp:/\t/g.ex\rample"));
    assertEquals(BASE.value(), text(BASE, " \n "));
    assertEquals(BASE.value(), text(BASE, ""));
  }

  @Test
  void halfACharacterIsReplaced() {
    assertEquals("http://a.example/b/c/g%EF%BF%BDh", text(BASE, "g\ud83dh"));
    assertEquals("http://a.example/b/c/g%EF%BF%BD", text(BASE, "g\ude00"));
  }

  @Test
  void emptySegmentsCountForTwoDots() {
    assertEquals("http://a.example/b/c/g/h", text(BASE, "g//../h"));
  }

  @Test
  void aQueryIsInThePagesCharset() {
    LinkResolver latin1 = new LinkResolver(BASE, Charset.forName("windows-1252"), null);
    assertEquals(
        Optional.of("http://a.example/b/c/%C3%A9?a=%E9&b=%80&c=%26%2326085%3B"),
        latin1.resolve("é?a=é&b=€&c=日#é").map(CrawlUrl::value));
    LinkResolver japanese = new LinkResolver(BASE, Charset.forName("Shift_JIS"), null);
    assertEquals(
        Optional.of("http://a.example/b/c/d?%93%FA"), japanese.resolve("?日").map(CrawlUrl::value));
    LinkResolver utf16 = new LinkResolver(BASE, StandardCharsets.UTF_16LE, null);
    assertEquals(
        Optional.of("http://a.example/b/c/d?%C3%A9"), utf16.resolve("?é").map(CrawlUrl::value));
  }

  @Test
  void aBaseWithoutPathHasTheRoot() {
    CrawlUrl root = url("https://a.example:8443");
    assertEquals("https://a.example:8443/g", text(root, "g"));
    assertEquals("https://a.example:8443/g", text(root, "../g"));
    assertEquals("https://a.example:8443/?x", text(root, "?x"));
    assertEquals("https://b.example/", text(root, "//b.example"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "g",
        "../g/h.html",
        "./g",
        "/g/h",
        "#s",
        "",
        "g#s",
        "../../../../x",
        "http://a.example/x/y.html",
        "../"
      })
  void aPlainReferenceTakesTheShortWay(String reference) {
    @Nullable CrawlUrl plain = new LinkResolver(BASE).resolvePlain(reference);
    assertNotNull(plain);
    assertEquals(Optional.of(plain), new LinkResolver(BASE).resolveAny(reference));
  }

  @Test
  void theShortWayLeadsWhereTheLongWayDoes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int taken = 0;
    for (int i = 0; i < 50_000; i++) {
      CrawlUrl base = url("http://h.example/" + text(random, 12, "ab/") + text(random, 3, "b."));
      String reference = text(random, 14, "ab././/#-~!$'()*+,;=@:?%\\ é2e");
      if (random.nextInt(8) == 0) {
        reference = "http://h.example" + reference;
      }
      LinkResolver resolver = new LinkResolver(base);
      @Nullable CrawlUrl plain = resolver.resolvePlain(reference);
      if (plain != null) {
        taken++;
        String where = "seed " + seed + ", base " + base + ", reference " + reference;
        assertEquals(resolver.resolveAny(reference), Optional.of(plain), where);
        assertEquals(CrawlUrl.parse(plain.value()), Optional.of(plain), where);
      }
    }
    assertEquals(true, taken > 10_000, "taken only " + taken + " times");
  }

  @Test
  void theCacheChangesNothing() {
    NormalForms cache = new NormalForms();
    LinkResolver cached = new LinkResolver(BASE, StandardCharsets.UTF_8, cache);
    LinkResolver plain = new LinkResolver(BASE);
    Random random = new Random(1);
    for (int i = 0; i < 30_000; i++) {
      String reference =
          text(random, 4, "ab?&=%7E/. #") + "x".repeat(random.nextInt(10) == 0 ? 600 : 0);
      String whole = "http://a.example/" + reference;
      assertEquals(plain.resolve(reference), cached.resolve(reference), reference);
      assertEquals(plain.resolve(whole), cached.resolve(whole), whole);
    }
  }

  private static String text(Random random, int most, String alphabet) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most); i > 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private static @Nullable String text(CrawlUrl base, String reference) {
    return LinkResolver.resolve(base, reference).map(CrawlUrl::value).orElse(null);
  }

  private static CrawlUrl url(String text) {
    return CrawlUrl.parse(text).orElseThrow();
  }
}
