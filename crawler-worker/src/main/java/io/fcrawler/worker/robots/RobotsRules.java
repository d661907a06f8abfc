package io.fcrawler.worker.robots;

import io.fcrawler.url.CrawlUrl;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a robots.txt says to this crawler. */
public final class RobotsRules {
  /** All is allowed, as where there is no robots.txt. */
  public static final RobotsRules ALLOW_ALL = new RobotsRules(List.of(), Optional.empty());

  private static final String ROBOTS = "/robots.txt";
  private static final int RULE_BYTES = 250;
  private static final int PIECE_BYTES = 60;

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
        bytes += RULE_BYTES + PIECE_BYTES * rule.path().pieces().size() + rule.path().length();
      }
    }
    return bytes;
  }

  /** Whether a URL of the site may be fetched. */
  public boolean allowed(CrawlUrl url) {
    if (rules.isEmpty()) {
      return true;
    }
    @Nullable Rule holding = null;
    for (String path : PathPattern.formsOf(pathAndQuery(url))) {
      if (path.equals(ROBOTS)) {
        return true;
      }
      holding = stronger(holding, path);
    }
    return holding == null || holding.allow();
  }

  /** How many rules a URL may have to be compared with, whatever it is. */
  public int anywhere() {
    return rules.getOrDefault("", List.of()).size();
  }

  /** The rule that holds for a path, where it is stronger than another. */
  private @Nullable Rule stronger(@Nullable Rule other, String path) {
    @Nullable Rule holding = other;
    for (int start : starts) {
      @Nullable Rule rule = start <= path.length() ? first(path, start) : null;
      if (rule != null && (holding == null || Rule.PRECEDENCE.compare(rule, holding) < 0)) {
        holding = rule;
      }
    }
    return holding;
  }

  /** The first of those rules that match, whose paths begin with so much of {@code path}. */
  private @Nullable Rule first(String path, int start) {
    for (Rule rule : rules.getOrDefault(path.substring(0, start), List.of())) {
      if (rule.path().matches(path)) {
        return rule;
      }
    }
    return null;
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
