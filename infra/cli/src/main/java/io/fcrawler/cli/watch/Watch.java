package io.fcrawler.cli.watch;

import io.fcrawler.cli.text.Output;
import io.fcrawler.client.Api;
import io.fcrawler.client.ClientException;
import io.fcrawler.client.Crawl;
import io.fcrawler.client.RefusedException;
import io.fcrawler.client.UnknownSeedException;
import io.fcrawler.client.UnreachableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at crawls until all are finished. Once it has seen them it outlives an API that is away for
 * less than a minute, as crawls do.
 */
public final class Watch {
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Api api;
  private final View view;
  private final Output output;
  private final Time time;

  /** Crawls that were submitted and not seen yet, and since when. */
  private final Map<Target, Long> missingSinceNs = new HashMap<>();

  private final List<RefusedException> lost = new ArrayList<>();
  private long lastGoodNs;
  private boolean wasGood;
  private boolean told;

  /** Time as it goes by. */
  public interface Time {
    long nanoTime();

    void sleep(Duration duration) throws InterruptedException;
  }

  /**
   * What is watched.
   *
   * @param crawlId empty: whichever crawl the seed has; else one that was just submitted, and may
   *     not be seen yet
   */
  public record Target(String seed, Optional<String> crawlId) {}

  public Watch(Api api, View view, Output output, Time time) {
    this.api = api;
    this.view = view;
    this.output = output;
    this.time = time;
  }

  /**
   * Returns when all are finished, or when nobody reads the output any more.
   *
   * @return the crawls that finished, as they ended
   * @throws RefusedException at the end, if one that was submitted never was to be seen
   */
  public List<Crawl> untilFinished(List<Target> targets) throws InterruptedException {
    Set<Target> left = new LinkedHashSet<>(targets);
    List<Crawl> ended = new ArrayList<>();
    lastGoodNs = time.nanoTime();
    while (true) {
      round(left, ended);
      view.endRound();
      if (left.isEmpty() && !lost.isEmpty()) {
        throw lost.getFirst();
      } else if (left.isEmpty() || !output.isRead()) {
        return ended;
      }
      time.sleep(INTERVAL);
    }
  }

  private void round(Set<Target> left, List<Crawl> ended) {
    try {
      for (Iterator<Target> targets = left.iterator(); targets.hasNext(); ) {
        Target target = targets.next();
        Optional<Crawl> crawl = look(target);
        crawl.ifPresent(view::show);
        crawl.ifPresent(seen -> missingSinceNs.remove(target));
        crawl.filter(Crawl::finished).ifPresent(ended::add);
        if (crawl.map(Crawl::finished).orElseGet(() -> isLost(target))) {
          targets.remove();
        }
      }
      wasGood = true;
      told = false;
      lastGoodNs = time.nanoTime();
    } catch (UnreachableException e) {
      bear(e);
    }
  }

  /** The crawl; empty where one was submitted that is not to be seen yet. */
  private Optional<Crawl> look(Target target) {
    try {
      Crawl crawl = api.crawl(target.seed());
      String wanted = target.crawlId().orElse(crawl.crawlId());
      return Optional.of(crawl).filter(seen -> seen.crawlId().equals(wanted));
    } catch (UnknownSeedException e) {
      if (target.crawlId().isEmpty()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** Whether what was submitted has not been seen for a minute: the API could not look for it. */
  private boolean isLost(Target target) {
    RefusedException reason =
        new RefusedException(
            "the crawl of %s that was submitted is not to be seen; if it stays so, submit it again"
                .formatted(target.seed()));
    Long sinceNs = missingSinceNs.putIfAbsent(target, time.nanoTime());
    if (sinceNs == null) {
      tell(reason);
      return false;
    }
    boolean isLost = time.nanoTime() - sinceNs >= PATIENCE.toNanos();
    if (isLost) {
      lost.add(reason);
    }
    return isLost;
  }

  /** Lets it pass for a minute. */
  private void bear(ClientException e) {
    if (!wasGood || time.nanoTime() - lastGoodNs >= PATIENCE.toNanos()) {
      throw e;
    }
    if (!told) {
      tell(e);
      told = true;
    }
  }

  private void tell(ClientException e) {
    output.error(e.line() + " (trying again for a minute)");
    view.leave();
  }
}
