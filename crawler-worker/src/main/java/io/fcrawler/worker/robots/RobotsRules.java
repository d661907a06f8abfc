package io.fcrawler.worker.robots;

import io.fcrawler.url.CrawlUrl;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a robots.txt says to this crawler. */
public final class RobotsRules {
  /** All is allowed, as where there is no robots.txt. */
  public static final RobotsRules ALLOW_ALL = new RobotsRules(List.of(), Optional.empty());

  private final List<Rule> rules;
  private final Optional<Duration> crawlDelay;

  /**
   * One allow or disallow line.
   *
   * @param length of its path; the longest that matches decides
   */
  record Rule(PathPattern path, int length, boolean allow) {}

  RobotsRules(List<Rule> rules, Optional<Duration> crawlDelay) {
    this.rules =
        rules.stream()
            .sorted(
                Comparator.comparingInt(Rule::length)
                    .reversed()
                    .thenComparing(rule -> !rule.allow()))
            .toList();
    this.crawlDelay = crawlDelay;
  }

  /** Whether a URL of the site may be fetched. */
  public boolean allowed(CrawlUrl url) {
    if (rules.isEmpty()) {
      return true;
    }
    String path = PathPattern.ofUrl(pathAndQuery(url));
    if (path.equals("/robots.txt")) {
      return true;
    }
    for (Rule rule : rules) {
      if (rule.path().matches(path)) {
        return rule.allow();
      }
    }
    return true;
  }

  /** The least time between two requests that the site asks for, up to the configured cap. */
  public Optional<Duration> crawlDelay() {
    return crawlDelay;
  }

  private static String pathAndQuery(CrawlUrl url) {
    String value = url.value();
    int path = value.indexOf('/', url.scheme().length() + "://".length());
    return path < 0 ? "/" : value.substring(path);
  }
}
