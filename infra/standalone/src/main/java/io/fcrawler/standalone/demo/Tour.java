package io.fcrawler.standalone.demo;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A crawl of the built-in site, shown while it runs and summed up at the end. */
public final class Tour {
  private static final int CONNECTIONS = 4;
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration LIVE_POLL = Duration.ofMillis(150);
  private static final Duration PLAIN_POLL = Duration.ofSeconds(1);

  private final DemoSite site;
  private final URI api;
  private final Screen screen;
  private final CountDownLatch stopAsked;

  /**
   * A tour that has not begun.
   *
   * @param api the address of the submit API
   * @param stopAsked counted down when the tour is to be broken off
   */
  public Tour(DemoSite site, URI api, Screen screen, CountDownLatch stopAsked) {
    this.site = site;
    this.api = api;
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
    try (SubmitApi client = new SubmitApi(api)) {
      Map<String, Object> submission =
          Map.of(
              "domain",
              "http://" + site.authority() + "/",
              "delayMs",
              0,
              "connectionsPerHost",
              CONNECTIONS);
      screen.line("");
      screen.line("POST %s/api/submit  domain %s".formatted(api, submission.get("domain")));
      String seed = client.submit(submission).seed();
      screen.line("GET  %s/api/fcrawler/seed/%s".formatted(api, seed));
      Optional<Progress> done = watch(client, seed);
      return done.isPresent() && sumUp(client, done.get());
    }
  }

  /** The progress when done; empty when asked to stop before. */
  private Optional<Progress> watch(SubmitApi client, String seed)
      throws IOException, InterruptedException {
    Duration poll = screen.columns() > 0 ? LIVE_POLL : PLAIN_POLL;
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!stopAsked.await(poll.toMillis(), TimeUnit.MILLISECONDS)) {
      Progress progress = client.progress(seed);
      show(progress);
      if (progress.isDone()) {
        return Optional.of(progress);
      }
      if (System.nanoTime() > deadline) {
        throw new IOException("the crawl is not done within %d s".formatted(LIMIT.toSeconds()));
      }
    }
    return Optional.empty();
  }

  private void show(Progress progress) {
    if (screen.columns() == 0) {
      screen.line(ProgressBar.plain(progress));
    } else if (progress.isDone()) {
      screen.line(ProgressBar.live(progress, screen.columns()));
    } else {
      screen.status(ProgressBar.live(progress, screen.columns()));
    }
  }

  private boolean sumUp(SubmitApi client, Progress progress)
      throws IOException, InterruptedException {
    Summary summary =
        new Summary(
            progress,
            client.failures(progress.seed()),
            client.receipt(progress.seed()),
            site.facts());
    screen.line("");
    summary.lines().forEach(screen::line);
    return summary.isRight();
  }
}
