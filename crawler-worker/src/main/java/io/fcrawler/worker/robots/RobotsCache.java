package io.fcrawler.worker.robots;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.fcrawler.store.RobotsStore;
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
 * The robots.txt of sites, each by scheme and authority: as this worker knows it, else as another
 * does, else as it is fetched. Safe for concurrent use: one caller fetches, the others for the same
 * site wait for it, and take what it got, also where that is nothing.
 *
 * <p>Rules are used for a day at most, also where robots.txt is unreachable then. RFC 9309, section
 * 2.4, would allow the old ones; but a site that fails is not to be asked for more by rules that
 * may have changed, and is waited for in any case.
 */
public final class RobotsCache {
  /** What a site's rules take, mostly. */
  private static final int USUAL_BYTES = 2 << 10;

  private final RobotsSettings settings;
  private final RobotsParser parser;
  private final RobotsSharing sharing;
  private final Ticker ticker;
  private final Cache<String, Kept> known;
  private final ConcurrentMap<String, CompletableFuture<RobotsAnswer>> underWay =
      new ConcurrentHashMap<>();

  /**
   * A cache that knows nothing.
   *
   * @param shared what all workers know
   */
  public RobotsCache(RobotsSettings settings, RobotsStore shared) {
    this(settings, shared, Ticker.systemTicker());
  }

  RobotsCache(RobotsSettings settings, RobotsStore shared, Ticker ticker) {
    this.settings = settings;
    this.parser = new RobotsParser(settings.productToken(), settings.maxCrawlDelay());
    this.sharing = new RobotsSharing(shared);
    this.ticker = ticker;
    this.known =
        Caffeine.newBuilder()
            .maximumWeight((long) settings.maxSites() * USUAL_BYTES)
            .<String, Kept>weigher((site, kept) -> kept.bytes())
            .ticker(ticker)
            .expireAfter(Expiry.<String, Kept>writing((site, kept) -> kept.timeToLive()))
            .build();
  }

  /** An answer, for how long it is used, and when it was fetched, by the ticker. */
  private record Kept(RobotsAnswer answer, Duration timeToLive, long fetchedNs) {
    int bytes() {
      return switch (answer) {
        case RobotsAnswer.Known known -> known.rules().bytes();
        case RobotsAnswer.Unreachable failure -> USUAL_BYTES;
      };
    }
  }

  /** What has one robots.txt: scheme and authority. */
  public static String site(CrawlUrl url) {
    return url.scheme() + "://" + url.authority();
  }

  /**
   * The rules for a URL, fetched where they are not known.
   *
   * @param oldest the age up to which what is known will do
   * @param fetch called by this thread where it is the one to fetch; the redirects of robots.txt,
   *     also to other hosts, are fetched by it as well
   * @throws InterruptedException if the thread was interrupted; another that waits then fetches
   */
  public RobotsAnswer rules(CrawlUrl url, Duration oldest, RobotsFetching fetch)
      throws InterruptedException {
    String site = site(url);
    while (true) {
      @Nullable Kept kept = known.getIfPresent(site);
      if (kept != null && ticker.read() - kept.fetchedNs() <= oldest.toNanos()) {
        return kept.answer();
      }
      CompletableFuture<RobotsAnswer> mine = new CompletableFuture<>();
      @Nullable CompletableFuture<RobotsAnswer> others = underWay.putIfAbsent(site, mine);
      if (others == null) {
        return find(site, oldest, mine, fetch);
      }
      if (await(others).orElse(null) instanceof RobotsAnswer.Unreachable unreachable) {
        return unreachable;
      } // else rules that may be older than will do here
    }
  }

  private RobotsAnswer find(
      String site, Duration oldest, CompletableFuture<RobotsAnswer> mine, RobotsFetching fetch)
      throws InterruptedException {
    try {
      Optional<RobotsStore.Copy> copy =
          sharing.get(site).filter(it -> age(it).compareTo(oldest) <= 0);
      Kept found = copy.isPresent() ? used(copy.get()) : fetched(site, fetch);
      known.put(site, found);
      mine.complete(found.answer());
      return found.answer();
    } finally {
      underWay.remove(site, mine);
      mine.cancel(false); // where no answer came
    }
  }

  private Kept used(RobotsStore.Copy copy) {
    Duration longest = settings.timeToLive();
    Duration left = copy.left().compareTo(longest) < 0 ? copy.left() : longest;
    return new Kept(
        new RobotsAnswer.Known(parser.parse(copy.text())),
        left,
        ticker.read() - age(copy).toNanos());
  }

  private Duration age(RobotsStore.Copy copy) {
    Duration age = settings.timeToLive().minus(copy.left());
    return age.isNegative() ? Duration.ZERO : age;
  }

  private Kept fetched(String site, RobotsFetching fetch) throws InterruptedException {
    return switch (RobotsReader.read(site, fetch)) {
      case RobotsFile.Text text -> {
        RobotsStore.Copy copy =
            new RobotsStore.Copy(RobotsText.whole(text.body()), settings.timeToLive());
        sharing.put(site, copy);
        yield used(copy);
      }
      case RobotsFile.Unreachable unreachable ->
          new Kept(
              new RobotsAnswer.Unreachable(unreachable.cause()),
              settings.unreachableFor(),
              ticker.read());
    };
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
