package io.fcrawler.worker.robots;

import io.fcrawler.url.CrawlUrl;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a robots.txt says to this crawler. */
public final class RobotsRules {
  /** All is allowed, as where there is no robots.txt. */
  public static final RobotsRules ALLOW_ALL = new RobotsRules(List.of(), Optional.empty());

  private static final String ROBOTS = "/robots.txt";
  private static final int RULE_BYTES = 300;

  /** By what their paths begin with, so that of many few are looked at; each list by precedence. */
  private final Map<String, List<Rule>> rules;

  private final int[] starts;
  private final Optional<Duration> crawlDelay;

  /** One allow or disallow line; the longest that matches holds, and allow at the same length. */
  record Rule(PathPattern path, boolean allow) {
    private static final Comparator<Rule> PRECEDENCE =
        Comparator.<Rule>comparingInt(rule -> rule.path().length())
            .reversed()
            .thenComparing(rule -> !rule.allow());
  }

  RobotsRules(List<Rule> rules, Optional<Duration> crawlDelay) {
    this.rules =
        rules.stream()
            .distinct()
            .sorted(Rule.PRECEDENCE)
            .collect(Collectors.groupingBy(rule -> rule.path().start()));
    this.starts = this.rules.keySet().stream().mapToInt(String::length).distinct().toArray();
    this.crawlDelay = crawlDelay;
  }

  /** What these rules take in memory, roughly. */
  int bytes() {
    int bytes = RULE_BYTES;
    for (List<Rule> some : rules.values()) {
      for (Rule rule : some) {
        bytes += RULE_BYTES + rule.path().length();
      }
    }
    return bytes;
  }

  /** Whether a URL of the site may be fetched. */
  public boolean allowed(CrawlUrl url) {
    if (rules.isEmpty()) {
      return true;
    }
    String path = PathPattern.ofUrl(pathAndQuery(url));
    return path.equals(ROBOTS)
        || Arrays.stream(starts)
            .filter(start -> start <= path.length())
            .mapToObj(start -> rules.getOrDefault(path.substring(0, start), List.of()))
            .flatMap(some -> some.stream().filter(rule -> rule.path().matches(path)).limit(1))
            .min(Rule.PRECEDENCE)
            .map(Rule::allow)
            .orElse(true);
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
