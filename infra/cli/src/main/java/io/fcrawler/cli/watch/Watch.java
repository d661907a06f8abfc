package io.fcrawler.cli.watch;

import io.fcrawler.cli.api.Api;
import io.fcrawler.cli.api.CliException;
import io.fcrawler.cli.api.Crawl;
import io.fcrawler.cli.api.RefusedException;
import io.fcrawler.cli.api.UnknownSeedException;
import io.fcrawler.cli.api.UnreachableException;
import io.fcrawler.cli.text.Output;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
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
   */
  public List<Crawl> untilFinished(List<Target> targets) throws InterruptedException {
    Set<Target> left = new LinkedHashSet<>(targets);
    List<Crawl> ended = new ArrayList<>();
    lastGoodNs = time.nanoTime();
    while (true) {
      round(left, ended);
      view.endRound();
      if (left.isEmpty() || !output.isRead()) {
        return ended;
      }
      time.sleep(INTERVAL);
    }
  }

  private void round(Set<Target> left, List<Crawl> ended) {
    try {
      for (Iterator<Target> targets = left.iterator(); targets.hasNext(); ) {
        Crawl crawl = look(targets.next());
        view.show(crawl);
        if (crawl.finished()) {
          ended.add(crawl);
          targets.remove();
        }
      }
      wasGood = true;
      told = false;
      lastGoodNs = time.nanoTime();
    } catch (UnreachableException e) {
      bear(e, wasGood);
    } catch (NotYetException e) {
      bear(e.reason, true);
    }
  }

  private Crawl look(Target target) {
    Crawl crawl;
    try {
      crawl = api.crawl(target.seed());
    } catch (UnknownSeedException e) {
      throw target.crawlId().isEmpty() ? e : new NotYetException(target.seed());
    }
    if (target.crawlId().isPresent() && !crawl.crawlId().equals(target.crawlId().get())) {
      throw new NotYetException(target.seed());
    }
    return crawl;
  }

  /** Lets it pass for a minute. */
  private void bear(CliException e, boolean mayPass) {
    if (!mayPass || time.nanoTime() - lastGoodNs >= PATIENCE.toNanos()) {
      throw e;
    }
    if (!told) {
      output.error(e.line() + " (trying again for a minute)");
      view.leave();
      told = true;
    }
  }

  /** What was submitted is not to be seen, as the API could not look whether it would be. */
  private static final class NotYetException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient RefusedException reason;

    NotYetException(String seed) {
      reason =
          new RefusedException(
              "the crawl of %s that was submitted is not to be seen; if it stays so, submit it again"
                  .formatted(seed));
    }
  }
}
