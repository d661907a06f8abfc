package io.fcrawler.chaos.verdict;

import io.fcrawler.chaos.site.SeedSite;
import io.fcrawler.chaos.user.PatientApi;
import io.fcrawler.client.Crawl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the progress of crawls all the while, and keeps each answer that cannot be: one that
 * does not add up, or goes back although nothing that was acknowledged may be lost.
 */
public final class ProgressWatch {
  private static final Set<String> STATUSES = Set.of("queued", "crawling", "paused", "done");
  private static final int SHOWN = 3;

  private final PatientApi api;
  private final List<SeedSite> sites;
  private final BooleanSupplier mayGoBack;
  private final Map<SeedSite, Crawl> last = new HashMap<>();
  private final List<String> problems = new ArrayList<>();
  private final Thread thread;
  private long answers;

  /**
   * A watch that is not yet kept.
   *
   * @param mayGoBack whether numbers may be less than they were
   */
  public ProgressWatch(PatientApi api, List<SeedSite> sites, BooleanSupplier mayGoBack) {
    this.api = api;
    this.sites = List.copyOf(sites);
    this.mayGoBack = mayGoBack;
    this.thread = Thread.ofVirtual().name("progress watch").unstarted(this::watch);
  }

  /** Begins to ask. */
  public void start() {
    thread.start();
  }

  /** Ends it, and gives a line for each answer that was wrong. */
  public List<String> stop() throws InterruptedException {
    thread.interrupt();
    thread.join();
    if (answers == 0) {
      problems.add("the progress was never shown");
    }
    return problems.stream().limit(SHOWN).toList();
  }

  private void watch() {
    try {
      while (true) {
        for (SeedSite site : sites) {
          boolean couldGoBack = mayGoBack.getAsBoolean();
          api.ask(it -> it.crawl(site.id())).ifPresent(crawl -> look(site, crawl, couldGoBack));
        }
        TimeUnit.MILLISECONDS.sleep(200);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // all is over
    }
  }

  /**
   * Judges an answer.
   *
   * @param couldGoBack whether that was so before it was asked for
   */
  void look(SeedSite site, Crawl crawl, boolean couldGoBack) {
    answers++;
    boolean goesBack = isLess(crawl, last.put(site, crawl));
    // What happened while the answer was on its way may be in it.
    if (!isPossible(crawl) || (goesBack && !couldGoBack && !mayGoBack.getAsBoolean())) {
      problems.add(
          (goesBack ? "progress went back: " : "progress cannot be: ") + crawl.json().json());
    }
  }

  private static boolean isPossible(Crawl crawl) {
    return crawl.crawled() + crawl.failed() + crawl.pending() == crawl.total()
        && crawl.inFlight() >= 0
        && crawl.inFlight() <= crawl.pending()
        && crawl.progress() >= 0
        && crawl.progress() <= 1
        && STATUSES.contains(crawl.status());
  }

  /** Less settled than before, or no more done; a further crawl of the seed begins anew. */
  private static boolean isLess(Crawl crawl, @Nullable Crawl before) {
    return before != null
        && crawl.crawlId().equals(before.crawlId())
        && (crawl.crawled() + crawl.failed() < before.crawled() + before.failed()
            || (before.finished() && !crawl.finished()));
  }
}
