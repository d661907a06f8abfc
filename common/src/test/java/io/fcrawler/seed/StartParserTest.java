package io.fcrawler.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StartParserTest {
  /** What is submitted, the seed, the start page, and whether http is tried too. */
  private static final String STARTS =
      """
      example.com                    example.com            https://example.com/              true
      EXAMPLE.com.                   example.com            https://example.com/              true
      Bücher.example                 xn--bcher-kva.example  https://xn--bcher-kva.example/    true
      my_site.example                my_site.example        https://my_site.example/          true
      a-.b_.-c_d.example             a-.b_.-c_d.example     https://a-.b_.-c_d.example/       true
      localhost                      localhost              https://localhost/                true
      127.0.0.1:8088                 127.0.0.1:8088         https://127.0.0.1:8088/           true
      [0::1]:8088                    [::1]:8088             https://[::1]:8088/               true
      [::1]                          [::1]                  https://[::1]/                    true
      example.com:                   example.com            https://example.com/              true
      example.com:/docs              example.com            https://example.com/docs          true
      2130706433:8088                127.0.0.1:8088         https://127.0.0.1:8088/           true
      http://0x7f.1:8088/            127.0.0.1:8088         http://127.0.0.1:8088/            false
      example.com:80                 example.com            http://example.com/               false
      example.com:443                example.com            https://example.com/              false
      example.com:8443               example.com:8443       https://example.com:8443/         true
      example.com/docs/              example.com            https://example.com/docs/         true
      example.com:80/docs?a=b        example.com            http://example.com/docs?a=b       false
      example.com?q=http://x/        example.com            https://example.com/?q=http://x/  true
      http://example.com             example.com            http://example.com/               false
      HTTP://example.com:80/a/../b   example.com            http://example.com/b              false
      https://example.com/#top       example.com            https://example.com/              false
      https://example.com:443/       example.com            https://example.com/              false
      http://127.0.0.1:8088/index    127.0.0.1:8088         http://127.0.0.1:8088/index       false
      http:8080                      http:8080              https://http:8080/                true
      """;

  /** What is submitted, and what the answer begins with. */
  private static final String REFUSALS =
      """
      -                        domain has a host with only hyphens between dots, or a hyphen at an
      ---                      domain has a host with only hyphens between dots, or a hyphen at an
      _                        domain has a host with only hyphens between dots, or a hyphen at an
      http://-/                domain has a host with only hyphens between dots, or a hyphen at an
      -:8080                   domain has a host with only hyphens between dots, or a hyphen at an
      -.example                domain has a host with only hyphens between dots, or a hyphen at an
      a.-.example              domain has a host with only hyphens between dots, or a hyphen at an
      a.-                      domain has a host with only hyphens between dots, or a hyphen at an
      a.example-               domain has a host with only hyphens between dots, or a hyphen at an
      a.-example               domain has a host with only hyphens between dots, or a hyphen at an
      -a                       domain has a host with only hyphens between dots, or a hyphen at an
      http://                  domain has no host; give one such as example.com
      https://                 domain has no host; give one such as example.com
      //example.com            domain has no host; give one such as example.com
      /docs                    domain has no host; give one such as example.com
      :80                      domain has no host; give one such as example.com
      http:example.com         domain has a scheme without // after it; give one such as
      https:/example.com       domain has a scheme without // after it; give one such as
      http:                    domain has a scheme without // after it; give one such as
      ftp://example.com        domain is neither an http nor an https URL; only these are crawled
      ws://example.com         domain is neither an http nor an https URL; only these are crawled
      file:/etc/passwd         domain is neither an http nor an https URL; only these are crawled
      unix:/var/run/a.sock     domain is neither an http nor an https URL; only these are crawled
      file:///etc/passwd       domain is neither an http nor an https URL; only these are crawled
      user:secret@example.com  domain has user info; leave out what is before the @
      http://u@example.com     domain has user info; leave out what is before the @
      mailto:me@example.com    domain has user info; leave out what is before the @
      [::1                     domain has a broken IPv6 address; write one in brackets
      http://[::1::]/          domain has a broken IPv6 address; write one in brackets
      http://[zz]/             domain has a broken IPv6 address; write one in brackets
      ::1                      domain has a host with characters other than letters
      example.com:0            domain has a port that is not a number from 1 to 65535
      example.com:99999        domain has a port that is not a number from 1 to 65535
      example.com:http         domain has a port that is not a number from 1 to 65535
      javascript:alert(1)      domain has a port that is not a number from 1 to 65535
      http://h:443/            domain has http with port 443; leave out scheme or port
      https://h:80/            domain has https with port 80; leave out scheme or port
      a..b                     domain has a host with an empty part between dots
      .                        domain has a host with an empty part between dots
      exa{mple}.com            domain has a host with characters other than letters
      *.example.com            domain has a host with characters other than letters
      999.1.1.1                domain has a host that ends in a number, but is no IPv4 address
      4294967296               domain has a host that ends in a number, but is no IPv4 address
      127.0.0.257              domain has a host that ends in a number, but is no IPv4 address
      """;

  static Stream<Arguments> starts() {
    return STARTS.lines().map(line -> Arguments.of((Object[]) line.split(" +", 4)));
  }

  static Stream<Arguments> refusals() {
    return REFUSALS.lines().map(line -> Arguments.of((Object[]) line.split(" +", 2)));
  }

  @ParameterizedTest
  @MethodSource("starts")
  void aSubmittedDomainIsUnderstood(String domain, String seed, String url, String tryHttp) {
    Start start = StartParser.parse("  " + domain + "\n");

    assertEquals(seed, start.seed().id());
    assertEquals(url, start.url().value());
    assertEquals(Boolean.parseBoolean(tryHttp), start.tryHttp());
  }

  @ParameterizedTest
  @MethodSource("starts")
  void theSeedMeansItself(String domain, String seed, String url, String tryHttp) {
    assertEquals(seed, StartParser.parse(seed).seed().id());
    assertEquals(seed, StartParser.seed(domain).id());
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whatCannotBeCrawledIsRefusedWithWhatWouldBeRight(String domain, String answer) {
    assertRefused(domain, answer);
  }

  @Test
  void nothingAndWhiteSpaceAreRefused() {
    assertRefused("", "domain is empty; give one such as example.com");
    assertRefused(" \t ", "domain is empty; give one such as example.com");
    assertRefused("exa mple.com", "domain has white space or control characters in it; ");
    assertRefused("example.com\nevil.com", "domain has white space or control characters in it; ");
    assertRefused("exa\u00a0mple.com", "domain has white space or control characters in it; ");
    assertRefused("exa\u0000mple.com", "domain has white space or control characters in it; ");
  }

  @Test
  void whatIsTooLongIsRefused() {
    String label = "a".repeat(63);
    assertRefused((label + ".").repeat(4) + "x".repeat(44), "domain has a host of 300 characters;");
    assertRefused(label + "a.com", "domain has a host with a part of more than 63 characters");
    assertRefused("h/" + "x".repeat(2100), "domain is a URL of 2110 characters; at most 2048");
  }

  @Test
  void aBadSeedIsNamedSo() {
    BadInputException e = assertThrows(BadInputException.class, () -> StartParser.seed("a..b"));

    assertEquals("seed", e.field());
    assertEquals("seed has a host with an empty part between dots", e.getMessage());
  }

  private static void assertRefused(String domain, String answer) {
    BadInputException e =
        assertThrows(BadInputException.class, () -> StartParser.parse(domain), domain);
    assertEquals("domain", e.field());
    String message = String.valueOf(e.getMessage());
    assertEquals(answer, message.substring(0, Math.min(answer.length(), message.length())));
  }
}
