package io.fcrawler.worker.robots;

import crawlercommons.robots.SimpleRobotRules.RobotRule;
import crawlercommons.robots.SimpleRobotRulesParser;
import io.fcrawler.worker.robots.RobotsRules.Rule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads robots.txt. Its lines are cleaned up first ({@link RobotsText}, {@link RobotsLine}), so
 * that crawler-commons takes each as Google's parser does; that finds the groups for this crawler,
 * merges them and brings their paths into normal form. The paths are matched here ({@link
 * PathPattern}).
 */
final class RobotsParser {
  private static final Logger LOG = LoggerFactory.getLogger(RobotsParser.class);

  /** What the library reads as names: this crawler's, and any other. */
  private static final String MINE = "mine";

  private static final String ANOTHER = "another";

  private static final String INDEX = "/index.htm";

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

  /** The rules of a file; one that makes the parser fail forbids all. */
  RobotsRules parse(byte[] body) {
    try {
      return read(body);
    } catch (RuntimeException | StackOverflowError e) { // it would end the lane, and again
      LOG.error("a robots.txt made {}", e.getClass().getName());
      return new RobotsRules(List.of(rule("/", false)), Optional.empty());
    }
  }

  private RobotsRules read(byte[] body) {
    List<RobotsLine> lines = RobotsText.lines(body);
    List<Rule> rules = new ArrayList<>();
    for (RobotRule rule : groups(lines)) {
      rules.add(rule(rule.getPrefix(), rule.isAllow()));
      if (rule.isAllow()) {
        indexRule(rule.getPrefix()).ifPresent(rules::add);
      }
    }
    return new RobotsRules(rules, CrawlDelay.of(lines, productToken, maxCrawlDelay));
  }

  /** The rules of all groups that hold. */
  private List<RobotRule> groups(List<RobotsLine> lines) {
    String text = lines.stream().map(this::spelled).collect(Collectors.joining());
    return new SimpleRobotRulesParser(Long.MAX_VALUE, 0)
        .parseContent(
            "robots.txt", text.getBytes(StandardCharsets.US_ASCII), "text/plain", List.of(MINE))
        .getRobotRules();
  }

  private String spelled(RobotsLine line) {
    String value = line.value();
    return switch (line.kind()) {
      case USER_AGENT -> "user-agent: " + (line.namesAll() ? value : name(line)) + "\n";
      case ALLOW -> "allow: " + value + "\n";
      case DISALLOW -> "disallow: " + value + "\n";
      case CRAWL_DELAY -> "";
    };
  }

  private String name(RobotsLine line) {
    return line.names(productToken) ? MINE : ANOTHER;
  }

  private static Rule rule(String path, boolean allow) {
    return new Rule(PathPattern.of(path), allow);
  }

  /** Google's: who allows a directory's index.html allows the directory. */
  private static Optional<Rule> indexRule(String path) {
    int slash = path.lastIndexOf('/');
    return slash >= 0 && path.startsWith(INDEX, slash)
        ? Optional.of(rule(path.substring(0, slash + 1) + "$", true))
        : Optional.empty();
  }
}
