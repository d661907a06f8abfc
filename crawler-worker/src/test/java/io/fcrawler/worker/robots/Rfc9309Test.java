package io.fcrawler.worker.robots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.url.CrawlUrl;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9309, by section, and where it leaves things open, what Google documents of its crawlers. */
class Rfc9309Test {
  private static final Duration CAP = Duration.ofSeconds(30);

  // 2.1, 2.2.1: groups and product tokens

  @ParameterizedTest
  @ValueSource(
      strings = {"fcrawler", "FCrawler", "fcrawler/1.0", "Fcrawler bot", "  fcrawler  # us"})
  void aGroupForThisProductTokenHolds(String token) {
    assertFalse(allowed("User-agent: " + token + "\nDisallow: /a", "/a"));
  }

  /** Beyond RFC 9309, whose tokens have no digits, but as robots.txt files name such crawlers. */
  @ParameterizedTest
  @CsvSource({
    "mj12bot, MJ12bot, true",
    "mj12bot, mj12bot/1.4, true",
    "mj12bot, mj, false",
    "mj12bot, mj12, false",
    "mj12bot, mj12bot2, false",
    "360spider, 360Spider, true",
    "360spider, spider, false",
    "mj, mj12bot, true"
  })
  void aCrawlerWithDigitsInItsTokenIsNamedByAllOfIt(String token, String group, boolean named) {
    String robots = "User-agent: " + group + "\nCrawl-delay: 7\nDisallow: /a\n";
    RobotsRules rules = new RobotsParser(token, CAP).parse(robots.getBytes(StandardCharsets.UTF_8));
    assertEquals(named, !rules.allowed(url("/a")));
    assertEquals(named, rules.crawlDelay().isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"other", "fcraw", "fcrawlers", "crawler", "", "f crawler", "f*"})
  void aGroupForAnotherTokenDoesNot(String token) {
    assertTrue(allowed("User-agent: " + token + "\nDisallow: /a", "/a"));
  }

  @Test
  void theGroupForAllHoldsWhereNoneIsForUs() {
    String robots = "User-agent: other\nDisallow: /b\n\nUser-agent: *\nDisallow: /a";
    assertFalse(allowed(robots, "/a"));
    assertTrue(allowed(robots, "/b"));
  }

  @Test
  void theGroupForAllDoesNotHoldWhereOneIsForUs() {
    String first = "User-agent: *\nDisallow: /a\n\nUser-agent: fcrawler\nDisallow: /b";
    String last = "User-agent: fcrawler\nDisallow: /b\n\nUser-agent: *\nDisallow: /a";
    for (String robots : new String[] {first, last}) {
      assertTrue(allowed(robots, "/a"));
      assertFalse(allowed(robots, "/b"));
    }
  }

  @Test
  void groupsForTheSameTokenAreOne() {
    String robots =
        "User-agent: fcrawler\nDisallow: /a\n\nUser-agent: x\nDisallow: /c\n\n"
            + "User-agent: FCRAWLER\nDisallow: /b\nAllow: /a/b";
    assertFalse(allowed(robots, "/a"));
    assertFalse(allowed(robots, "/b"));
    assertTrue(allowed(robots, "/a/b"));
    assertTrue(allowed(robots, "/c"));
  }

  @Test
  void severalTokensShareAGroup() {
    String robots = "User-agent: a\nUser-agent: fcrawler\nUser-agent: b\nDisallow: /x";
    assertFalse(allowed(robots, "/x"));
  }

  @Test
  void otherRecordsDoNotEndAGroup() {
    String robots = "User-agent: fcrawler\nSitemap: https://a.example/s.xml\nDisallow: /x";
    assertFalse(allowed(robots, "/x"));
  }

  @Test
  void aRuleBeforeAnyGroupIsIgnored() {
    assertTrue(allowed("Disallow: /\nUser-agent: *\nDisallow: /x", "/a"));
  }

  @Test
  void withoutAGroupThatHoldsAllIsAllowed() {
    assertTrue(allowed("", "/a"));
    assertTrue(allowed("User-agent: other\nDisallow: /", "/a"));
    assertTrue(allowed("User-agent: *\nDisallow:", "/a"));
  }

  // 2.2.2: the allow and disallow lines

  @ParameterizedTest
  @CsvSource({
    "/foo/bar?baz=quz, /foo/bar?baz=quz",
    "/foo/bar?baz=https://foo.bar, /foo/bar?baz=https://foo.bar",
    "/foo/bar?baz=https%3A%2F%2Ffoo.bar, /foo/bar?baz=https://foo.bar",
    "/foo/bar?baz=https://foo.bar, /foo/bar?baz=https%3A%2F%2Ffoo.bar",
    "/foo/bar?baz=https%3a%2f%2Ffoo.bar, /foo/bar?baz=https%3A%2F%2Ffoo.bar",
    "/foo/bar/ツ, /foo/bar/ツ",
    "/foo/bar/%E3%83%84, /foo/bar/ツ",
    "/foo/bar/ツ, /foo/bar/%E3%83%84",
    "/foo/bar/%62%61%7A, /foo/bar/baz",
    "/foo/bar/baz, /foo/bar/%62%61%7a",
    "/a%3cd.html, /a%3Cd.html",
    "/a%2fb.html, /a%2Fb.html"
  })
  void percentEncodingDoesNotMatter(String line, String path) {
    assertFalse(allowed("User-agent: *\nDisallow: " + line, path));
  }

  @Test
  void anEncodedSlashOfAPathIsNone() {
    assertTrue(allowed("User-agent: *\nDisallow: /a/b", "/a%2Fb"));
    assertTrue(allowed("User-agent: *\nDisallow: /a%2Fb", "/a/b"));
  }

  @Test
  void caseMattersInPathsAndNotInKeys() {
    String robots = "USER-AGENT: *\ndisallow: /A";
    assertFalse(allowed(robots, "/A"));
    assertTrue(allowed(robots, "/a"));
  }

  @Test
  void theLongestMatchDecides() {
    String robots =
        "User-agent: *\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\n"
            + "Disallow: /example/";
    assertTrue(allowed(robots, "/example/page/a"));
    assertFalse(allowed(robots, "/example/page/disallowed.gif"));
    assertFalse(allowed(robots, "/example/b"));
    assertTrue(allowed(robots, "/"));
  }

  @Test
  void atTheSameLengthAllowDecides() {
    assertTrue(allowed("User-agent: *\nDisallow: /a\nAllow: /a", "/a"));
    assertTrue(allowed("User-agent: *\nAllow: /a\nDisallow: /a", "/a"));
  }

  @Test
  void robotsTxtItselfIsAlwaysAllowed() {
    assertTrue(allowed("User-agent: *\nDisallow: /", "/robots.txt"));
    assertFalse(allowed("User-agent: *\nDisallow: /", "/robots.txt?x"));
  }

  @Test
  void aQueryBelongsToThePath() {
    String robots = "User-agent: *\nDisallow: /*?session=";
    assertFalse(allowed(robots, "/a/b?session=1"));
    assertTrue(allowed(robots, "/a/b?x=1"));
  }

  // 2.2.3: special characters, and Google's table of examples

  @ParameterizedTest
  @CsvSource({
    "/, /any, true",
    "/*, /any, true",
    "/fish, /fish, true",
    "/fish, /fish.html, true",
    "/fish, /fish/salmon.html, true",
    "/fish, /fishheads, true",
    "/fish, /fishheads/yummy.html, true",
    "/fish, /fish.php?id=anything, true",
    "/fish, /Fish.asp, false",
    "/fish, /catfish, false",
    "/fish, /?id=fish, false",
    "/fish, /desert/fish, false",
    "/fish*, /fish, true",
    "/fish*, /fish/salmon.html, true",
    "/fish*, /Fish.asp, false",
    "/fish*, /catfish, false",
    "/fish/, /fish/, true",
    "/fish/, /fish/?id=anything, true",
    "/fish/, /fish/salmon.htm, true",
    "/fish/, /fish, false",
    "/fish/, /fish.html, false",
    "/fish/, /animals/fish/, false",
    "/*.php, /index.php, true",
    "/*.php, /filename.php, true",
    "/*.php, /folder/filename.php, true",
    "/*.php, /folder/filename.php?parameters, true",
    "/*.php, /folder/any.php.file.html, true",
    "/*.php, /filename.php/, true",
    "/*.php, /, false",
    "/*.php, /windows.PHP, false",
    "/*.php$, /filename.php, true",
    "/*.php$, /folder/filename.php, true",
    "/*.php$, /a.php.php, true",
    "/*.php$, /filename.php?parameters, false",
    "/*.php$, /filename.php/, false",
    "/*.php$, /filename.php5, false",
    "/*.php$, /windows.PHP, false",
    "/fish*.php, /fish.php, true",
    "/fish*.php, /fishheads/catfish.php?parameters, true",
    "/fish*.php, /Fish.PHP, false",
    "/this/*/exactly, /this/path/exactly, true",
    "/this/*/exactly, /this/path/exactly/below, true",
    "/this/*/exactly, /this/exactly, false",
    "/this/path/exactly$, /this/path/exactly, true",
    "/this/path/exactly$, /this/path/exactly/, false",
    "/$, /, true",
    "/$, /a, false",
    "/a**b, /axb, true",
    "/a*b*c$, /a1b2b3c, true",
    "/a*b*c$, /a1b2c3, false",
    "/*a*a*a, /aa, false",
    "/*a*a*a, /aaa, true",
    "/a*, /a, true",
    "/a*$, /abc, true",
    "*, /x, true",
    "*.gif$, /x.gif, true",
    "/path/file-with-a-%2A.html, /path/file-with-a-*.html, true",
    "/path/file-with-a-%2A.html, /path/file-with-a-x.html, false",
    "/path/foo-%24, /path/foo-$, true",
    "/path/foo-%24, /path/foo-, false",
    "/a$b, /a$b, true",
    "/a$b, /ab, false"
  })
  void aStarIsAnythingAndALastDollarTheEnd(String line, String path, boolean matches) {
    assertEquals(!matches, allowed("User-agent: *\nDisallow: " + line, path));
  }

  @ParameterizedTest
  @CsvSource({
    "/p, /, /page, true",
    "/folder, /folder, /folder/page, true",
    "/page, /*.htm, /page.htm, false",
    "/page, /*.ph, /page.php5, true",
    "/$, /, /, true",
    "/$, /, /page.htm, false"
  })
  void precedenceIsGoogles(String allow, String disallow, String path, boolean expected) {
    String robots = "User-agent: *\nAllow: " + allow + "\nDisallow: " + disallow;
    assertEquals(expected, allowed(robots, path));
  }

  @Test
  void whoAllowsAnIndexAllowsItsDirectory() {
    String robots = "User-agent: *\nAllow: /a/index.html\nDisallow: /";
    assertTrue(allowed(robots, "/a/"));
    assertTrue(allowed(robots, "/a/index.html"));
    assertFalse(allowed(robots, "/a/b"));
    assertFalse(allowed(robots, "/"));
    assertTrue(allowed("User-agent: *\nDisallow: /a/index.html", "/a/"));
  }

  // 2.3.1.5, 2.5: what is parsed

  @Test
  void linesThatAreNotUnderstoodAreSkipped() {
    String robots =
        "<html>\nUser-agent *\nUser-agent: *\nfoo\nForbid: /b\nNoindex: /c\n: /d\n"
            + "Disallow /e\nDisallow: /a # why\n#Disallow: /f";
    assertFalse(allowed(robots, "/a"));
    for (String path : new String[] {"/b", "/c", "/d", "/f"}) {
      assertTrue(allowed(robots, path), path);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void anyLineEndEndsALine(String end) {
    String robots = String.join(end, "User-agent: *", "Disallow: /a", "Disallow: /b", "");
    assertFalse(allowed(robots, "/a"));
    assertFalse(allowed(robots, "/b"));
    assertTrue(allowed(robots, "/c"));
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFile() {
    String robots = "\ufeffUser-agent: *\nDisallow: /ä";
    assertFalse(rules(robots.getBytes(StandardCharsets.UTF_8)).allowed(url("/ä")));
    assertFalse(rules(robots.getBytes(StandardCharsets.UTF_16LE)).allowed(url("/ä")));
    assertFalse(rules(robots.getBytes(StandardCharsets.UTF_16BE)).allowed(url("/ä")));
  }

  @Test
  void bytesThatAreNoTextDoNoHarm() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < 100_000; i++) {
      bytes.write(i * 31);
    }
    bytes.writeBytes("\nUser-agent: *\nDisallow: /a\n".getBytes(StandardCharsets.UTF_8));
    assertFalse(rules(bytes.toByteArray()).allowed(url("/a")));
  }

  @Test
  void fiveHundredKibibytesAreReadAndNoMore() {
    String head = "User-agent: *\nDisallow: /a\n";
    String filler = "#" + "x".repeat(998) + "\n";
    String body = head + filler.repeat(510) + "Disallow: /b\n" + filler.repeat(5);
    assertTrue(body.indexOf("/b") < RobotsText.MAX_LENGTH);
    assertFalse(allowed(body, "/b"));
    assertTrue(allowed(head + filler.repeat(520) + "Disallow: /b\n", "/b"));
  }

  @Test
  void aLineCutByTheLimitIsNotRead() {
    String last = "Disallow: /a/very/long/path";
    for (int cut = 1; cut < last.length(); cut++) {
      String body = filled(RobotsText.MAX_LENGTH - cut) + last;
      assertTrue(allowed(body, "/a/other"), "cut after " + cut);
      assertFalse(allowed(body, "/first"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r", "\r\n", "\nDisallow: /more\n"})
  void aLineThatEndsAtTheLimitIsRead(String after) {
    String last = "Disallow: /a";
    assertFalse(allowed(filled(RobotsText.MAX_LENGTH - last.length()) + last + after, "/a"));
    assertFalse(
        allowed(filled(RobotsText.MAX_LENGTH - last.length() - 1) + last + "\n" + after, "/a"));
  }

  /** A robots.txt that disallows /first, of so many bytes. */
  private static String filled(int length) {
    String head = "User-agent: *\nDisallow: /first\n";
    int fill = length - head.length();
    return head + "#\n".repeat(fill / 2) + (fill % 2 == 0 ? "" : "\n");
  }

  // Crawl-delay, which is no part of the RFC

  @ParameterizedTest
  @CsvSource({
    "1, PT1S",
    "0.5, PT0.5S",
    "2.25, PT2.25S",
    "30, PT30S",
    "31, PT30S",
    "86400, PT30S",
    "1e300.0, ",
    "0, ",
    "-1, ",
    "soon, "
  })
  void crawlDelayIsInSecondsUpToTheCap(String value, Duration expected) {
    RobotsRules rules = rules("User-agent: *\nCrawl-delay: " + value + "\nDisallow: /x");
    assertEquals(Optional.ofNullable(expected), rules.crawlDelay());
    assertTrue(rules.allowed(url("/a")));
    assertFalse(rules.allowed(url("/x")));
  }

  @Test
  void aCrawlDelayForOthersDoesNotHold() {
    String robots = "User-agent: *\nCrawl-delay: 9\n\nUser-agent: fcrawler\nDisallow: /x";
    assertEquals(Optional.empty(), rules(robots).crawlDelay());
  }

  private static boolean allowed(String robots, String path) {
    return rules(robots).allowed(url(path));
  }

  private static RobotsRules rules(String robots) {
    return rules(robots.getBytes(StandardCharsets.UTF_8));
  }

  private static RobotsRules rules(byte[] robots) {
    return new RobotsParser("fcrawler", CAP).parse(robots);
  }

  private static CrawlUrl url(String path) {
    return CrawlUrl.parse("https://a.example" + path).orElseThrow();
  }
}
