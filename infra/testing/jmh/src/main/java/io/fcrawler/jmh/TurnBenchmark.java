package io.fcrawler.jmh;

import io.fcrawler.store.Entry;
import io.fcrawler.store.Receipt;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A turn that settles {@value EndlessCrawl#BATCH} pages, and claims as many. Each iteration has a
 * store of its own, since the set of seen URLs grows by every turn. Where no Redis can be started,
 * JMH tells of that, and measures the rest.
 */
@State(Scope.Thread)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls open() before all else
public class TurnBenchmark extends ShortRun {
  @Param public StoreKind store = StoreKind.MEMORY;

  /**
   * Links that a turn has for each page, of which one is new: all of 40 that a page has, or the few
   * that are left where the worker remembers the others.
   */
  @Param({"4", "40"})
  public int links = 40;

  private EmptyStore opened;
  private EndlessCrawl crawl;

  @Setup(Level.Iteration)
  public void open() throws IOException {
    opened = EmptyStore.of(store);
    crawl = new EndlessCrawl(opened.store(), links);
  }

  @TearDown(Level.Iteration)
  public void close() throws IOException {
    opened.close();
  }

  @Benchmark
  public List<Entry> turn() {
    return crawl.turn();
  }

  /** What the store holds of the crawl. */
  Receipt receipt() {
    return opened.store().receipt(EndlessCrawl.SEED).orElseThrow();
  }
}
