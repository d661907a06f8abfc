package io.fcrawler.standalone.demo;

import io.fcrawler.client.Api;
import io.fcrawler.client.ClientException;
import io.fcrawler.client.Crawl;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A crawl of the built-in site, shown while it runs and summed up at the end. */
public final class Tour {
  private static final int CONNECTIONS = 4;
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
  private static final Duration LIVE_POLL = Duration.ofMillis(150);
  private static final Duration PLAIN_POLL = Duration.ofSeconds(1);

  private final DemoSite site;
  private final URI address;
  private final Screen screen;
  private final CountDownLatch stopAsked;

  /**
   * A tour that has not begun.
   *
   * @param address of the submit API
   * @param stopAsked counted down when the tour is to be broken off
   */
  public Tour(DemoSite site, URI address, Screen screen, CountDownLatch stopAsked) {
    this.site = site;
    this.address = address;
    this.screen = screen;
    this.stopAsked = stopAsked;
  }

  /**
   * Returns at the end of the crawl, or when asked to stop.
   *
   * @return whether the numbers are right
   * @throws IOException if the API does not answer as it should, or the crawl takes too long
   */
  public boolean take() throws IOException, InterruptedException {
    try {
      return take(new Api(address, ANSWER_LIMIT));
    } catch (ClientException e) {
      throw new IOException(e.line(), e);
    }
  }

  private boolean take(Api api) throws IOException, InterruptedException {
    String domain = "http://" + site.authority() + "/";
    String submission =
        "{\"domain\":\"%s\",\"delayMs\":0,\"connectionsPerHost\":%d}"
            .formatted(domain, CONNECTIONS);
    screen.line("");
    screen.line("POST %s/api/submit  domain %s".formatted(address, domain));
    String seed = api.submit(submission).body().text("seed");
    screen.line("GET  %s/api/fcrawler/seed/%s".formatted(address, seed));
    Optional<Crawl> done = watch(api, seed);
    return done.isPresent() && sumUp(api, done.get());
  }

  /** The crawl when done; empty when asked to stop before. */
  private Optional<Crawl> watch(Api api, String seed) throws IOException, InterruptedException {
    Duration poll = screen.columns() > 0 ? LIVE_POLL : PLAIN_POLL;
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!stopAsked.await(poll.toMillis(), TimeUnit.MILLISECONDS)) {
      Crawl crawl = api.crawl(seed);
      show(crawl);
      if (crawl.finished()) {
        return Optional.of(crawl);
      }
      if (System.nanoTime() > deadline) {
        throw new IOException("the crawl is not done within %d s".formatted(LIMIT.toSeconds()));
      }
    }
    return Optional.empty();
  }

  private void show(Crawl crawl) {
    if (screen.columns() == 0) {
      screen.line(ProgressBar.plain(crawl));
    } else if (crawl.finished()) {
      screen.line(ProgressBar.live(crawl, screen.columns()));
    } else {
      screen.status(ProgressBar.live(crawl, screen.columns()));
    }
  }

  private boolean sumUp(Api api, Crawl crawl) {
    List<String> failures = new ArrayList<>();
    api.listing(
        crawl.seed(), "failures", Map.of(), failure -> failures.add(failure.text("reason")));
    Summary summary = new Summary(crawl, failures, api.receipt(crawl.seed()), site.facts());
    screen.line("");
    summary.lines().forEach(screen::line);
    return summary.isRight();
  }
}
