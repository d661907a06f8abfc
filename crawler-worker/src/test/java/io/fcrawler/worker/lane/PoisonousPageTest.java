package io.fcrawler.worker.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fcrawler.lane.Lane;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.Activity;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.Entry;
import io.fcrawler.store.HostStanding;
import io.fcrawler.store.Outcome;
import io.fcrawler.store.SeedState;
import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.FetchOutcome;
import io.fcrawler.worker.fetch.FetchOutcome.Fetched;
import io.fcrawler.worker.fetch.Fetcher;
import io.fcrawler.worker.fetch.HttpMeta;
import io.fcrawler.worker.page.PageOutput.Delivery;
import io.fcrawler.worker.session.Claim;
import io.fcrawler.worker.session.LaneWork.Claims;
import io.fcrawler.worker.session.Visit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A page at which the crawler's own reader fails must not end its lane: it would come again. */
class PoisonousPageTest {
  private static final CrawlOptions OPTIONS =
      new CrawlOptions(-1, -1, false, 0, 1, List.of(), List.of(), true);

  @Test
  void aPageAtWhichTheReaderFailsIsGivenUpAndTheLaneGoesOn() throws InterruptedException {
    Listed claims = new Listed("http://a.example/poison", "http://a.example/good");
    new LaneRunner(parts(), state()).run(new Lane("a.example", 0), false, claims);
    Outcome.Failed failed = (Outcome.Failed) claims.settled.getFirst().outcome();
    assertEquals("unparsable", failed.reason());
    assertEquals(200, failed.httpStatus());
    assertEquals(Outcome.Crawled.class, claims.settled.getLast().outcome().getClass());
    assertEquals(2, claims.settled.size());
  }

  private static LaneParts parts() {
    Fetcher fetcher = (url, limit, memory, sent) -> page(url);
    return TestingParts.of(fetcher, record -> acknowledged(), new Retries(0, Duration.ZERO));
  }

  private static CompletableFuture<Delivery> acknowledged() {
    return CompletableFuture.completedFuture(Delivery.DELIVERED);
  }

  private static FetchOutcome page(CrawlUrl url) {
    HttpMeta meta = HttpMeta.ofType("text/html");
    return new Fetched(url, 200, meta, new byte[0], false, 0, Duration.ZERO, Instant.EPOCH);
  }

  private static SeedState state() {
    return new SeedState(
        new CrawlRef(new Seed("a.example"), CrawlId.next(Instant.EPOCH, new Random(1))),
        CrawlStatus.CRAWLING,
        OPTIONS,
        Optional.empty(),
        Set.of(),
        Set.of(),
        new Lane("a.example", 0),
        Set.of(),
        false,
        Optional.empty(),
        Set.of(),
        new Activity(0, 0, 0),
        Optional.empty());
  }

  /** Entries in order, and what was settled; the first page cannot be made sense of. */
  private static final class Listed implements Claims {
    private boolean poisonous = true;
    private final Queue<Entry> entries = new ArrayDeque<>();
    private final List<Visit> settled = new ArrayList<>();

    Listed(String... urls) {
      for (String url : urls) {
        entries.add(Entry.link(url.hashCode(), url, 1, ""));
      }
    }

    @Override
    public Optional<Claim> next() {
      return Optional.ofNullable(entries.poll()).map(entry -> new Claim(entry, HostStanding.WELL));
    }

    @Override
    public Duration leaseLeft() {
      return Duration.ofHours(1);
    }

    @Override
    public Set<String> joined() {
      if (poisonous) {
        poisonous = false;
        throw new StackOverflowError();
      }
      return Set.of();
    }

    @Override
    public void settle(Visit visit) {
      settled.add(visit);
    }

    @Override
    public void fail(Throwable cause) {
      throw new AssertionError(cause);
    }
  }
}
