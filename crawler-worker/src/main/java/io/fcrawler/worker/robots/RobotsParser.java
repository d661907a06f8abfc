package io.fcrawler.worker.robots;

import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRules.RobotRule;
import crawlercommons.robots.SimpleRobotRulesParser;
import io.fcrawler.worker.robots.RobotsRules.Rule;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads robots.txt by crawler-commons, which finds the groups for this crawler, merges them and
 * brings their paths into normal form. The paths are matched here ({@link PathPattern}).
 */
final class RobotsParser {
  /** What is read of a file at most, in bytes (RFC 9309, section 2.5). */
  static final int MAX_LENGTH = 500 << 10;

  /**
   * Longer lines are dropped: no URL that is crawled is as long, and crawler-commons takes time
   * with the square of a line's length.
   */
  private static final int MAX_LINE = 4096;

  private static final String INDEX = "index.htm";

  private final String productToken;
  private final Duration maxCrawlDelay;

  /**
   * A parser for one crawler.
   *
   * @param productToken in lower case
   * @param maxCrawlDelay the cap on crawl-delay
   */
  RobotsParser(String productToken, Duration maxCrawlDelay) {
    this.productToken = productToken;
    this.maxCrawlDelay = maxCrawlDelay;
  }

  RobotsRules parse(byte[] body) {
    byte[] text = lines(body).getBytes(StandardCharsets.UTF_8);
    SimpleRobotRules read =
        new SimpleRobotRulesParser(Long.MAX_VALUE, 0)
            .parseContent("robots.txt", text, "text/plain", List.of(productToken));
    List<Rule> rules = new ArrayList<>();
    for (RobotRule rule : read.getRobotRules()) {
      rules.add(rule(rule.getPrefix(), rule.isAllow()));
      if (rule.isAllow() && rule.getPrefix().contains("/" + INDEX)) {
        indexRule(rule.getPrefix()).ifPresent(rules::add);
      }
    }
    return new RobotsRules(rules, crawlDelay(read.getCrawlDelay()));
  }

  private static Rule rule(String path, boolean allow) {
    return new Rule(PathPattern.of(path), path.length(), allow);
  }

  /** Google's: who allows a directory's index.html allows the directory. */
  private static Optional<Rule> indexRule(String path) {
    if (!path.endsWith(INDEX) && !path.endsWith(INDEX + "l")) {
      return Optional.empty();
    }
    return Optional.of(rule(path.substring(0, path.lastIndexOf(INDEX)) + "$", true));
  }

  private Optional<Duration> crawlDelay(long delayMs) {
    if (delayMs <= 0) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofMillis(Math.min(delayMs, maxCrawlDelay.toMillis())));
  }

  private static String lines(byte[] body) {
    int length = Math.min(body.length, MAX_LENGTH);
    Charset charset = charset(body);
    String text = new String(body, 0, length, charset).replace("\ufeff", "");
    Stream<String> lines = text.lines();
    if (body.length > MAX_LENGTH) {
      lines = lines.limit(Math.max(0, text.lines().count() - 1)); // the last may be cut
    }
    return lines.filter(line -> line.length() <= MAX_LINE).collect(Collectors.joining("\n"));
  }

  /** UTF-8 (RFC 9309, section 2.3), but where a byte order mark says otherwise. */
  private static Charset charset(byte[] body) {
    if (body.length >= 2 && body[0] == (byte) 0xff && body[1] == (byte) 0xfe) {
      return StandardCharsets.UTF_16LE;
    }
    if (body.length >= 2 && body[0] == (byte) 0xfe && body[1] == (byte) 0xff) {
      return StandardCharsets.UTF_16BE;
    }
    return StandardCharsets.UTF_8;
  }
}
