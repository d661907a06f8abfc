package io.fcrawler.worker.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6265: which cookies are kept, and where they are sent back. */
final class CookiesTest {
  private static final HttpUrl FROM = HttpUrl.get("https://www.site.example/a/page");

  private final Cookies cookies = new Cookies(new CookieStore(), Clock.systemUTC());

  private void receive(String... values) {
    Headers.Builder headers = new Headers.Builder();
    for (String value : values) {
      headers.addUnsafeNonAscii("Set-Cookie", value);
    }
    cookies.receive(FROM, headers.build());
  }

  private String sentTo(String url) {
    return cookies.header(HttpUrl.get(url)).orElse("");
  }

  /** Sections 5.1.3, 5.1.4, 5.3 and 5.4. */
  @ParameterizedTest
  @CsvSource({
    "c=1, https://www.site.example/a/, c=1",
    "c=1, https://www.site.example/a/b/c, c=1",
    "c=1, https://www.site.example/b, ''",
    "c=1; Path=/, https://www.site.example/b, c=1",
    "c=1; Path=/a, https://www.site.example/ab, ''",
    "c=1; Path=/a, https://www.site.example/a, c=1",
    "c=1; Path=, https://www.site.example/a/b, c=1",
    "c=1; Path=a, https://www.site.example/b, ''",
    "c=1; Path=/b; Path=/, https://www.site.example/c, c=1",
    "c=1; Path=/, https://site.example/, ''",
    "c=1; Path=/, https://x.www.site.example/, ''",
    "c=1; Path=/; Domain=site.example, https://x.site.example/, c=1",
    "c=1; Path=/; Domain=other.example, https://www.site.example/, ''",
    "c=1; Path=/; Domain=example, https://www.site.example/, ''",
    "c=1; Path=/, http://www.site.example/, c=1",
    "c=1; Path=/; Secure, http://www.site.example/, ''",
    "c=1; Path=/; Secure, https://www.site.example/, c=1",
    "c=1; Path=/; Max-Age=0, https://www.site.example/, ''",
    "'c=1; Path=/; Expires=Thu, 01 Jan 1970 00:00:01 GMT', https://www.site.example/, ''",
    "c=a b; Path=/, https://www.site.example/, c=a b",
    "=1; Path=/, https://www.site.example/, ''",
    "c; Path=/, https://www.site.example/, ''"
  })
  void aCookieIsSentWhereItsDomainItsPathAndItsTimeAllow(String set, String url, String sent) {
    receive(set);
    assertEquals(sent, sentTo(url));
  }

  @Test
  void theLongestPathComesFirstAndThenTheOldest() {
    receive("a=1; Path=/", "b=2; Path=/a", "c=3; Path=/", "a=4; Path=/");
    assertEquals("b=2; a=4; c=3", sentTo("https://www.site.example/a/b"));
    assertEquals(4, cookies.received());
  }

  @Test
  void aCookieIsRemovedByOneThatHasExpired() {
    receive("a=1; Path=/", "a=; Path=/; Max-Age=0");
    assertEquals("", sentTo("https://www.site.example/"));
    assertEquals(1, cookies.received());
  }

  @Test
  void cookiesAreBoundedInNumberAndLength() {
    receive("huge=" + "x".repeat(5000) + "; Path=/");
    assertEquals("", sentTo("https://www.site.example/"));
    for (int i = 0; i < 1000; i++) {
      receive("c" + i + "=" + "x".repeat(i % 2 == 0 ? 10 : 3000) + "; Path=/");
    }
    String sent = sentTo("https://www.site.example/");
    assertTrue(sent.contains("c999=") && sent.length() < 10_000, sent.length() + " characters");
    for (int i = 0; i < 1000; i++) {
      receive("d" + i + "=x; Path=/");
    }
    assertEquals(50, sentTo("https://www.site.example/").split("; ").length);
  }

  @Test
  void aCookieThatIsNoPlainTextIsNotKept() {
    receive("a=1\u0001; Path=/", "b=ä; Path=/", "c=1\r2; Path=/", "d=1; Path=/");
    assertEquals("d=1", sentTo("https://www.site.example/"));
  }

  @Test
  void requestsDifferByTheirUrlAndByTheirCookies() {
    String before = cookies.signature("https://www.site.example/a/x");
    assertEquals(before, cookies.signature("https://WWW.site.example:443/a/x"));
    receive("a=1");
    assertTrue(!before.equals(cookies.signature("https://www.site.example/a/x")));
  }

  @Test
  void noneAreKeptWhereNoneAreWanted() {
    Cookies none = Cookies.none();
    none.receive(FROM, Headers.of("Set-Cookie", "a=1"));
    assertEquals(Optional.empty(), none.header(FROM));
    assertEquals(0, none.received());
  }
}
