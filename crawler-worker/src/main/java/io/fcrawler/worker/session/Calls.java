package io.fcrawler.worker.session;

import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.NotExecutedException;
import io.fcrawler.store.SessionRef;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * The session's calls of the store, one after another, each with the next seq. A call that the
 * store says it did not execute is made again with the same seq.
 */
final class Calls {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long PAUSE_MS = 100;

  final CrawlStore store;
  final CrawlRef crawl;
  final String id;
  private final BooleanSupplier worthwhile;
  private long seq;

  /**
   * @param worthwhile whether a call that was not executed is to be made again
   */
  Calls(CrawlStore store, CrawlRef crawl, BooleanSupplier worthwhile) {
    this.store = store;
    this.crawl = crawl;
    this.worthwhile = worthwhile;
    byte[] random = new byte[12];
    RANDOM.nextBytes(random);
    this.id = HexFormat.of().formatHex(random);
  }

  /**
   * Makes a call until it is executed, or that is worthwhile no longer.
   *
   * @throws io.fcrawler.store.StoreUnavailableException where the answer is lost, or it was never
   *     executed
   */
  <T> T make(Function<SessionRef, T> call) throws InterruptedException {
    while (true) {
      try {
        T reply = call.apply(new SessionRef(crawl, id, seq));
        seq++;
        return reply;
      } catch (NotExecutedException e) {
        if (!worthwhile.getAsBoolean()) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
      }
    }
  }
}
