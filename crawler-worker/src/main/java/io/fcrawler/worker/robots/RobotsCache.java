package io.fcrawler.worker.robots;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.fcrawler.url.CrawlUrl;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The robots.txt of sites, each by scheme and authority. Safe for concurrent use: one caller
 * fetches, the others for the same site wait for it.
 */
public final class RobotsCache {
  private final RobotsReader reader;
  private final Cache<String, RobotsAnswer> known;
  private final ConcurrentMap<String, CompletableFuture<RobotsAnswer>> underWay =
      new ConcurrentHashMap<>();

  public RobotsCache(RobotsSettings settings) {
    this(settings, Ticker.systemTicker());
  }

  RobotsCache(RobotsSettings settings, Ticker ticker) {
    this.reader =
        new RobotsReader(new RobotsParser(settings.productToken(), settings.maxCrawlDelay()));
    this.known =
        Caffeine.newBuilder()
            .maximumSize(settings.maxSites())
            .ticker(ticker)
            .expireAfter(
                Expiry.<String, RobotsAnswer>writing(
                    (site, answer) -> timeToLive(settings, answer)))
            .build();
  }

  private static Duration timeToLive(RobotsSettings settings, RobotsAnswer answer) {
    return switch (answer) {
      case RobotsAnswer.Known rules -> settings.timeToLive();
      case RobotsAnswer.Unreachable failure -> settings.unreachableFor();
    };
  }

  /**
   * The rules for a URL, fetched where they are not known.
   *
   * @param fetch called by this thread where it is the one to fetch; the redirects of robots.txt,
   *     also to other hosts, are fetched by it as well
   * @throws InterruptedException if the thread was interrupted; another that waits then fetches
   */
  public RobotsAnswer rules(CrawlUrl url, RobotsFetching fetch) throws InterruptedException {
    String site = url.scheme() + "://" + url.authority();
    while (true) {
      @Nullable RobotsAnswer answer = known.getIfPresent(site);
      if (answer != null) {
        return answer;
      }
      CompletableFuture<RobotsAnswer> mine = new CompletableFuture<>();
      @Nullable CompletableFuture<RobotsAnswer> others = underWay.putIfAbsent(site, mine);
      if (others == null) {
        return fetch(site, mine, fetch);
      }
      Optional<RobotsAnswer> shared = await(others);
      if (shared.isPresent()) {
        return shared.get();
      }
    }
  }

  private RobotsAnswer fetch(
      String site, CompletableFuture<RobotsAnswer> mine, RobotsFetching fetch)
      throws InterruptedException {
    try {
      RobotsAnswer answer = reader.read(site, fetch);
      known.put(site, answer);
      mine.complete(answer);
      return answer;
    } finally {
      underWay.remove(site, mine);
      mine.cancel(false); // where no answer came
    }
  }

  /** The answer that another thread got; empty where it was kept from it. */
  private static Optional<RobotsAnswer> await(CompletableFuture<RobotsAnswer> others)
      throws InterruptedException {
    try {
      return Optional.of(others.get());
    } catch (CancellationException | ExecutionException e) {
      return Optional.empty();
    }
  }
}
