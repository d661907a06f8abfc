package io.fcrawler.worker.robots;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.url.CrawlUrl;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is long, or much, or almost matches, is read as all else, and takes no longer. */
class HostileRobotsTest {
  private static final Duration CAP = Duration.ofSeconds(30);

  @ParameterizedTest
  @ValueSource(ints = {10_000, 100_000, 490_000})
  void linesAreOfAnyLength(int length) {
    String long_ = "x".repeat(length);
    assertFalse(allowed("User-agent: *\nDisallow: /a #" + long_, "/a"));
    assertFalse(allowed("User-agent: * # " + long_ + "\nDisallow: /a", "/a"));
    assertFalse(allowed("User-agent: *\nDisallow:" + " ".repeat(length) + "/a", "/a"));
    assertFalse(allowed("User-agent: *\nDisallow: /" + "*".repeat(length) + "a", "/ba"));
    assertFalse(allowed("User-agent: *\nDisallow: /" + long_ + "\nDisallow: /a", "/a"));
    assertTrue(allowed("User-agent: *\nDisallow: /" + long_, "/xxx"));
  }

  @Test
  void manyRulesAreAllRead() {
    StringBuilder robots = new StringBuilder("User-agent: *\n");
    for (int i = 0; i < 30_000; i++) {
      robots.append("Disallow:/").append(i).append("x\n");
    }
    RobotsRules rules = rules(robots.toString());
    assertTrue(rules.allowed(url("/30000x")));
    for (int i = 0; i < 30_000; i += 1000) {
      assertFalse(rules.allowed(url("/" + i + "x")), "/" + i);
      assertTrue(rules.allowed(url("/" + i)), "/" + i);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/*a*a*a*a*b", "/*%s*b", "/*%sb", "/%s*b"})
  void patternsThatAlmostMatchTakeNoLongerThanOthers(String form) {
    String pattern = form.replace("%s", "a".repeat(1000));
    String rules = ("Disallow: " + pattern + "\n").repeat(500_000 / (pattern.length() + 12));
    String almost = "/" + "a".repeat(2000);
    assertTrue(allowed("User-agent: *\n" + rules, almost));
    assertFalse(allowed("User-agent: *\n" + rules, almost + "b"));
  }

  @Test
  void aHostileLineIsSkipped() {
    String robots = "User-agent: *\nDisallow: /a\n" + "<".repeat(400_000) + "\n<b>";
    assertFalse(allowed(robots, "/a"));
    assertFalse(allowed("<".repeat(400_000) + "\n" + "User-agent: *\nDisallow: /a", "/a"));
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
