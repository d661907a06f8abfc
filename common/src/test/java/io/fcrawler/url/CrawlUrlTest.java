package io.fcrawler.url;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrawlUrlTest {
  /** One spelling and its normal form in each line. */
  private static final String SPELLINGS =
      """
      http://example.com                      http://example.com/
      HTTP://EXAMPLE.Com/A                    http://example.com/A
      http://example.com:80/                  http://example.com/
      https://example.com:443                 https://example.com/
      http://example.com:443/                 http://example.com:443/
      https://example.com:80/                 https://example.com:80/
      http://example.com:/x                   http://example.com/x
      http://example.com:0008088/             http://example.com:8088/
      http://example.com./x                   http://example.com/x
      http://my_site.example.com/             http://my_site.example.com/
      http://a-.example.com/                  http://a-.example.com/
      http://localhost:3000/a                 http://localhost:3000/a
      http://127.0.0.1:8088                   http://127.0.0.1:8088/
      http://ex%61mple.com/                   http://example.com/
      http:\\\\example.com\\a\\b?c\\d         http://example.com/a/b?c%5Cd

      http://Bücher.example/                  http://xn--bcher-kva.example/
      http://XN--BCHER-KVA.example/           http://xn--bcher-kva.example/
      http://straße.example/                  http://xn--strae-oqa.example/
      http://ΣΑΣ.example/                     http://xn--mxa9ab.example/
      http://例え。テスト/                    http://xn--r8jz45g.xn--zckzah/
      http://пример.испытание/                http://xn--e1afmkfd.xn--80akhbyknj4f/
      http://💩.la/                           http://xn--ls8h.la/
      http://ｅｘａｍｐｌｅ．com/             http://example.com/
      http://b%C3%BCcher.example/             http://xn--bcher-kva.example/
      http://so\u00adft.example/              http://soft.example/
      http://a.XN--pokxncvks/                 http://a.xn--pokxncvks/
      http://xn--ascii-/                      http://xn--ascii-/

      http://[::1]:80/                        http://[::1]/
      http://[2001:DB8:0:0:0:0:0:1]:8088/x    http://[2001:db8::1]:8088/x
      http://[::ffff:192.0.2.1]/              http://192.0.2.1/

      http://h/a/./b/../c                     http://h/a/c
      http://h/a/..                           http://h/
      http://h/a/b/..                         http://h/a/
      http://h/a/.                            http://h/a/
      http://h/../../a                        http://h/a
      http://h/a/%2E%2e/b                     http://h/b
      http://h/.../.a/b.                      http://h/.../.a/b.
      http://h/a//b/                          http://h/a//b/
      http://h//../a                          http://h/a
      http://h//..//a                         http://h//a
      http://h/%7euser/%c3%a4/%2f             http://h/~user/%C3%A4/%2F
      http://h/ä%20b                          http://h/%C3%A4%20b
      http://h/100%                           http://h/100%
      http://h/operator%.html                 http://h/operator%.html
      http://h/%2%35%zz                       http://h/%2%35%zz
      http://h/a"<>^`{|}[]b                   http://h/a%22%3C%3E%5E%60%7B%7C%7D%5B%5Db
      http://h/a;v=1,2'(x)*!$&+=:@            http://h/a;v=1,2'(x)*!$&+=:@
      http://h/\ud800x                        http://h/%EF%BF%BDx

      http://h?q=1                            http://h/?q=1
      http://h/?                              http://h/
      http://h/?b=2&a=1&b=1                   http://h/?b=2&a=1&b=1
      http://h/?a=&&=b&c                      http://h/?a=&&=b&c
      http://h/?a+b=%20+%c3%a4                http://h/?a+b=%20+%C3%A4
      http://h/?u=http://x/../y?z#f           http://h/?u=http://x/../y?z
      http://h/?a=|"<>{}[]^`                  http://h/?a=%7C%22%3C%3E%7B%7D%5B%5D%5E%60
      http://h/a'b?q='x'&r=%27                http://h/a'b?q=%27x%27&r=%27
      http://h/?q=ä&p=%zz                     http://h/?q=%C3%A4&p=%zz

      http://h/a#b                            http://h/a
      http://h#a?b                            http://h/
      """;

  static Stream<Arguments> spellings() {
    return SPELLINGS
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> Arguments.of((Object[]) line.strip().split(" +", 2)));
  }

  @ParameterizedTest
  @MethodSource("spellings")
  void everySpellingHasOneNormalForm(String raw, String normal) {
    assertEquals(Optional.of(normal), CrawlUrl.parse(raw).map(CrawlUrl::value));
    assertEquals(Optional.of(normal), CrawlUrl.parse(normal).map(CrawlUrl::value));
  }

  @Test
  void whiteSpaceAroundAndLineBreaksWithinAreDropped() {
    assertEquals(value("http://h/ab%20c?d%20e"), value(" \u0000\t\nhttp://h/a\r\n\tb c?d e \n"));
  }

  /** Would take hours, were any of it more than a few passes over the text. */
  @ParameterizedTest
  @ValueSource(
      strings = {"http://h/x\u0001/y", "http://xn--a/", "http://a\u0301\u0323/", "http://h/%zz/"})
  @Timeout(600)
  void longTextsAreReadInOnePass(String text) {
    for (int at = "http://h".length(); at < text.length(); at++) {
      String run = text.substring(at - 1, at + 1).repeat(1 << 19);
      Optional<CrawlUrl> url = CrawlUrl.parse(text.substring(0, at) + run + text.substring(at));
      assertTrue(url.isEmpty() || url.get().tooLong());
    }
  }

  @Test
  void lineSeparatorsOfOtherScriptsAreEncoded() {
    assertEquals("http://h/a%E2%80%A8b?c%C2%85", value("http://h/a\u2028b?c\u0085"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://EXAMPLE.com/a?b, http, example.com, 80, example.com",
    "https://example.com, https, example.com, 443, example.com",
    "https://example.com:80, https, example.com, 80, example.com:80",
    "http://127.0.0.1:8088, http, 127.0.0.1, 8088, 127.0.0.1:8088",
    "http://[::1]:8088, http, [::1], 8088, [::1]:8088",
    "http://[0::1]/, http, [::1], 80, [::1]",
    "http://a_b.example/, http, a_b.example, 80, a_b.example",
  })
  void theUrlIsTakenApart(String raw, String scheme, String host, int port, String authority) {
    CrawlUrl url = CrawlUrl.parse(raw).orElseThrow();

    assertEquals(scheme, url.scheme());
    assertEquals(host, url.host());
    assertEquals(port, url.port());
    assertEquals(authority, url.authority());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                        | is no absolute URL; give one such as https://example.com/",
        "/a/b                      | is no absolute URL; give one such as https://example.com/",
        "//example.com/            | is no absolute URL; give one such as https://example.com/",
        "http:/example.com         | is no absolute URL; give one such as https://example.com/",
        "ftp://example.com/        | is neither an http nor an https URL; only these are crawled",
        "mailto:a@example.com      | is neither an http nor an https URL; only these are crawled",
        "javascript:alert(1)       | is neither an http nor an https URL; only these are crawled",
        "data:text/html,x          | is neither an http nor an https URL; only these are crawled",
        "http://                   | has no host; give one such as example.com",
        "http://?q                 | has no host; give one such as example.com",
        "http://:80/               | has no host; give one such as example.com",
        "http://user:pw@h/         | has user info; leave out what is before the @",
        "http://@h/                | has user info; leave out what is before the @",
        "http://h:0/               | has a port that is not a number from 1 to 65535",
        "http://h:65536/           | has a port that is not a number from 1 to 65535",
        "http://h:99999999999999/  | has a port that is not a number from 1 to 65535",
        "http://h:-1/              | has a port that is not a number from 1 to 65535",
        "http://h:8o/              | has a port that is not a number from 1 to 65535",
        "http://a..b/              | has a host with an empty part between dots",
        "http://.a/                | has a host with an empty part between dots",
        "http://./                 | has a host with an empty part between dots",
        "http://a.b../             | has a host with an empty part between dots",
        "http://%zz/               | has a host with a % that encodes nothing",
        "http://1.2.3.256/         | has a host that ends in a number, but is no IPv4 address"
            + " such as 192.0.2.1",
      })
  void whatIsNoUrlIsRefusedWithTheReason(String raw, String reason) {
    assertEquals(Optional.empty(), CrawlUrl.parse(raw));
    assertEquals(reason, refusal(raw));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://a{b}.c/",
        "http://a b/",
        "http://a%20b/",
        "http://a*b/",
        "http://a!b/",
        "http://a℀b/",
        "http://a\ufffdb/",
        "http://a\ue000b/",
        "http://a\u3000b/",
        "http://a%00/"
      })
  void aHostOfOtherCharactersIsRefused(String raw) {
    assertEquals(
        "has a host with characters other than letters, digits, hyphens and dots", refusal(raw));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://[::1/",
        "http://::1]/",
        "http://[]/",
        "http://[1::2::3]/",
        "http://[1.2.3.4]/",
        "http://[fe80::1%25eth0]/",
        "http://[::g]/",
        "http://a[::1]/",
        "http://[::1]a/"
      })
  void aBrokenIpv6AddressIsRefused(String raw) {
    assertEquals(
        "has a broken IPv6 address; write one in brackets, such as [2001:db8::1]", refusal(raw));
  }

  @Test
  void theLimitsOfNamesHold() {
    String label = "x".repeat(63);
    String longest = String.join(".", label, label, label, "x".repeat(61));

    assertEquals("http://" + longest + "/", value("http://" + longest + "."));
    assertEquals(
        "has a host of 254 characters; at most 253 are right", refusal("http://" + longest + "x"));
    String tooLong = "has a host with a part of more than 63 characters between dots";
    assertEquals(tooLong, refusal("http://" + label + "x.example/"));
    assertEquals(tooLong, refusal("http://" + "ü".repeat(60) + ".example/"));
    assertEquals(
        "has a host of 1000000 characters; at most 253 are right",
        refusal("http://" + "ü".repeat(1_000_000) + "/"));
  }

  @Test
  void noTextIsNoUrl() {
    assertEquals(Optional.empty(), CrawlUrl.parse(null));
  }

  @Test
  void aUrlThatIsTooLongIsReadAndSaysSo() {
    String longest = "http://h/" + "x".repeat(CrawlUrl.MAX_LENGTH - 9);

    assertFalse(CrawlUrl.parse(longest).orElseThrow().tooLong());
    assertTrue(CrawlUrl.parse(longest + "x").orElseThrow().tooLong());
  }

  private static String value(String raw) {
    return CrawlUrl.parse(raw).orElseThrow().value();
  }

  private static String refusal(String raw) {
    return String.valueOf(
        assertThrows(MalformedUrlException.class, () -> CrawlUrl.of(raw)).getMessage());
  }
}
