package io.fcrawler.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.Entry;
import io.fcrawler.store.Receipt;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What holds for the turns in every store. */
final class TurnChecks {
  private static final int TURNS = 3;

  private TurnChecks() {}

  /** Runs some turns; each must settle and claim a batch, and leave the crawl as long as it was. */
  static void check(StoreKind kind) throws IOException {
    Set<Entry> claimed = new HashSet<>();
    TurnBenchmark benchmark = new TurnBenchmark();
    benchmark.store = kind;
    benchmark.open();
    try {
      for (int i = 0; i < TURNS; i++) {
        claimed.addAll(benchmark.turn());
      }
      check(benchmark.receipt());
    } finally {
      benchmark.close();
    }
    assertEquals(TURNS * EndlessCrawl.BATCH, claimed.size());
  }

  private static void check(Receipt receipt) {
    int settled = TURNS * EndlessCrawl.BATCH;
    int known = EndlessCrawl.KNOWN + 1; // and the start page
    assertEquals(CrawlStatus.CRAWLING, receipt.status());
    assertEquals(List.of(), receipt.differences());
    assertEquals(settled, receipt.crawled());
    assertEquals(known + settled, receipt.fingerprints());
    assertEquals(EndlessCrawl.BATCH, receipt.inFlight());
    assertEquals(known - EndlessCrawl.BATCH, receipt.queued());
  }
}
