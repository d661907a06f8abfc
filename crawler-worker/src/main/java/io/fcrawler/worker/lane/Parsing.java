package io.fcrawler.worker.lane;

import io.fcrawler.worker.fetch.FetchOutcome.Fetched;
import io.fcrawler.worker.memory.Hold;
import io.fcrawler.worker.memory.MemoryBudget.Use;
import io.fcrawler.worker.parse.PageCost;
import io.fcrawler.worker.parse.PageParser;
import io.fcrawler.worker.parse.ParsedPage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;

/**
 * Reads pages of all lanes, when there is memory and a processor: a tree is many times the size of
 * its page. A costly page, which may take seconds, is read on a thread of its own, so that the few
 * that carry all virtual threads don't stand still meanwhile. Thread-safe.
 */
public final class Parsing {
  private static final long COSTLY = 8 << 20;

  private final PageParser parser;
  private final Semaphore processors = new Semaphore(Runtime.getRuntime().availableProcessors());

  public Parsing(PageParser parser) {
    this.parser = parser;
  }

  /** Reads a page; {@code memory} grows by what that takes, and is left so. */
  ParsedPage parse(Fetched fetched, Hold memory) throws InterruptedException {
    PageCost cost = PageCost.of(fetched.meta().contentType(), fetched.body(), memory.plan().tree());
    memory.growTo(cost.bytes(), Use.WORK);
    processors.acquire();
    try {
      return cost.bytes() > COSTLY ? elsewhere(fetched, cost) : parse(fetched, cost);
    } finally {
      processors.release();
    }
  }

  private ParsedPage parse(Fetched fetched, PageCost cost) {
    return parser.parse(fetched.url(), fetched.meta(), fetched.body(), cost.nodes());
  }

  private ParsedPage elsewhere(Fetched fetched, PageCost cost) throws InterruptedException {
    FutureTask<ParsedPage> task = new FutureTask<>(() -> parse(fetched, cost));
    Thread thread = Thread.ofPlatform().name("parse").daemon().start(task);
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("parsing failed: " + fetched.url(), e.getCause());
    } finally {
      thread.join(); // its memory is held until then
    }
  }
}
