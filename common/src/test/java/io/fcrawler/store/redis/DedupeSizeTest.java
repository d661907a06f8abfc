package io.fcrawler.store.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.command.Command.Open;
import io.fcrawler.command.Position;
import io.fcrawler.lane.Lane;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.AcquireRequest;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.Entry;
import io.fcrawler.store.LaneTurn;
import io.fcrawler.store.Link;
import io.fcrawler.store.NotedCommand;
import io.fcrawler.store.Receipt;
import io.fcrawler.store.SessionRef;
import io.fcrawler.store.TurnRequest;
import io.fcrawler.url.Fingerprinter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.redisson.api.options.KeysScanOptions;

/** What a known URL costs in Redis, and that growing loses and doubles none. */
@Tag("long")
final class DedupeSizeTest {
  private static final Duration LEASE = Duration.ofMinutes(5);

  private final RedisBackend backend = new RedisBackend();
  private final Seed seed = new Seed("size.example");
  private final CrawlRef crawl = new CrawlRef(seed, CrawlId.next(Instant.now(), new Random(1)));
  private final Fingerprinter fingerprinter = new Fingerprinter(crawl.crawlId().uuid());
  private final Lane lane = new Lane("size.example", 0);
  private long seq;

  @AfterEach
  void close() {
    backend.close();
  }

  private void open() {
    Open open =
        new Open(
            seed,
            crawl.crawlId(),
            Optional.empty(),
            "https://size.example/",
            false,
            CrawlOptions.DEFAULT,
            Instant.now());
    backend.store().apply(new NotedCommand(new Position("topic", 0, 0), open));
    backend.store().acquire(new AcquireRequest(session(), Optional.empty(), LEASE, List.of(lane)));
  }

  private SessionRef session() {
    return new SessionRef(crawl, "session", seq++);
  }

  /** Adds pages first to last - 1, in turns as large as they may be. */
  private void add(long first, long last) {
    for (long from = first; from < last; from += TurnRequest.MAX_LINKS) {
      List<Link> links =
          LongStream.range(from, Math.min(last, from + TurnRequest.MAX_LINKS))
              .mapToObj(this::link)
              .toList();
      LaneTurn turn = new LaneTurn(lane, 0, List.of(), links, List.of(), Set.of());
      backend.store().turn(new TurnRequest(session(), LEASE, List.of(turn)));
    }
  }

  private Link link(long page) {
    String url = "https://size.example/some/section/page-" + page + ".html";
    long fingerprint = fingerprinter.fingerprint(url);
    return new Link(
        Entry.link(fingerprint, url, 1, "https://size.example/"), lane, Optional.empty());
  }

  private double bytesPerUrl() {
    long bytes = 0;
    KeysScanOptions seen = KeysScanOptions.defaults().pattern("*:seen:*");
    for (String key : backend.client().getKeys().getKeys(seen)) {
      bytes += backend.client().getBucket(key).sizeInMemory();
    }
    Receipt receipt = backend.store().receipt(seed).orElseThrow();
    assertEquals(List.of(), receipt.differences());
    return (double) bytes / receipt.fingerprints();
  }

  @Test
  void aMillionUrlsTakeAtMostSixteenBytesEachInTheDedupeSets() {
    open();
    add(0, 99);
    double atHundred = bytesPerUrl();
    add(99, 9_999);
    double atTenThousand = bytesPerUrl();
    add(9_999, 999_999);
    double atMillion = bytesPerUrl();
    System.out.printf(
        "dedupe sets, bytes per URL: %.1f at 100, %.1f at 10,000, %.1f at 1,000,000%n",
        atHundred, atTenThousand, atMillion);
    assertTrue(atMillion <= 16, "bytes per URL: " + atMillion);
    add(0, 50_000); // known ones: nothing changes
    Receipt receipt = backend.store().receipt(seed).orElseThrow();
    assertEquals(1_000_000, receipt.total());
    assertEquals(List.of(), receipt.differences());
  }
}
