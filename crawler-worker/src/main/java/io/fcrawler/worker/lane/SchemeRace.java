package io.fcrawler.worker.lane;

import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.Cookies;
import io.fcrawler.worker.fetch.FetchOutcome;
import io.fcrawler.worker.fetch.FetchOutcome.Deferred;
import io.fcrawler.worker.fetch.FetchOutcome.Redirected;
import io.fcrawler.worker.fetch.Fetcher;
import io.fcrawler.worker.fetch.PageRequest;
import io.fcrawler.worker.fetch.Reasons;
import io.fcrawler.worker.link.LinkResolver;
import io.fcrawler.worker.memory.Hold;
import io.fcrawler.worker.robots.RobotsCache;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A fetcher for a start page without a scheme: where https says nothing for a moment, http is asked
 * beside it. Where http answers and https is not connected to by the time of the decision, https
 * counts as not connectable. A site whose http leads to its https is waited for.
 *
 * @param start the start page, by https
 * @param headStart after which http is asked
 * @param decision the least time that https has for its connection, from the begin
 * @param spare takes what http answered
 */
record SchemeRace(
    Fetcher fetcher,
    CrawlUrl start,
    Duration headStart,
    Duration decision,
    Consumer<FetchOutcome> spare)
    implements Fetcher {
  /** As a browser's, which tries addresses and schemes beside one another. */
  private static final Duration HEAD_START = Duration.ofMillis(300);

  private static final Duration DECISION = Duration.ofSeconds(1);

  /** A fetch has limits of its own. */
  private static final Duration FOR_EVER = Duration.ofDays(1);

  /** The race for a start page. */
  static SchemeRace of(Fetcher fetcher, CrawlUrl start, Consumer<FetchOutcome> spare) {
    return new SchemeRace(fetcher, start, HEAD_START, DECISION, spare);
  }

  /** The http form of a URL that was given without a scheme. */
  static CrawlUrl http(CrawlUrl https) {
    return CrawlUrl.parse("http" + https.value().substring("https".length())).orElseThrow();
  }

  @Override
  public FetchOutcome fetch(CrawlUrl url, Duration timeLimit, Hold memory, Runnable sent)
      throws InterruptedException {
    return fetch(PageRequest.of(url), timeLimit, memory, sent);
  }

  @Override
  public FetchOutcome fetch(PageRequest request, Duration timeLimit, Hold memory, Runnable sent)
      throws InterruptedException {
    return RobotsCache.site(request.url()).equals(RobotsCache.site(start))
        ? new Run(request, timeLimit, memory, sent).decide()
        : fetcher.fetch(request, timeLimit, memory, sent);
  }

  /** One race: two requests, each on a thread of its own. */
  private final class Run {
    private final long beginNs = System.nanoTime();
    private final CompletableFuture<FetchOutcome> https = new CompletableFuture<>();
    private final CompletableFuture<FetchOutcome> http = new CompletableFuture<>();

    /** Whether https has a connection, or is over. */
    private final CompletableFuture<Object> connected = new CompletableFuture<>();

    private final CrawlUrl url;
    private final Thread first;
    private final Thread second;

    Run(PageRequest request, Duration timeLimit, Hold memory, Runnable sent) {
      url = request.url();
      Runnable heard =
          () -> {
            connected.complete(true);
            sent.run();
          };
      CrawlUrl other = http(url);
      PageRequest beside =
          new PageRequest(other, other.value(), Cookies.none(), Requests.MOST_ROBOTS);
      first = thread("https", https, () -> fetcher.fetch(request, timeLimit, memory, heard));
      CompletableFuture<FetchOutcome> _ = https.whenComplete((_, _) -> connected.complete(true));
      second =
          thread("http", http, () -> fetcher.fetch(beside, timeLimit, Hold.unbounded(), () -> {}));
    }

    private Thread thread(
        String name, CompletableFuture<FetchOutcome> result, Callable<FetchOutcome> fetch) {
      return Thread.ofVirtual()
          .name(name + "-" + url.host())
          .unstarted(() -> {
            try {
              result.complete(fetch.call());
            } catch (Exception | Error e) {
              result.completeExceptionally(e);
            }
          });
    }

    FetchOutcome decide() throws InterruptedException {
      first.start();
      try {
        if (comes(connected, headStart)) {
          return outcome();
        }
        second.start();
        return isHttp() ? unconnected() : beside();
      } finally {
        second.interrupt();
        first.interrupt();
        first.join(); // what it holds of the memory is the visit's
      }
    }

    /** What came of https; where it has no answer, http is asked next, and has answered by then. */
    private FetchOutcome beside() throws InterruptedException {
      FetchOutcome outcome = outcome();
      if (outcome.status() == 0) {
        comes(CompletableFuture.anyOf(http), FOR_EVER);
        answered().ifPresent(spare);
      }
      return outcome;
    }

    private Optional<FetchOutcome> answered() {
      return http.isDone() && !http.isCompletedExceptionally()
          ? Optional.of(http.join()).filter(it -> it.status() != 0)
          : Optional.empty();
    }

    private boolean isHttp() throws InterruptedException {
      comes(CompletableFuture.anyOf(connected, http), FOR_EVER);
      Optional<FetchOutcome> answer = answered().filter(it -> !leadsToHttps(it));
      Duration left = decision.minusNanos(System.nanoTime() - beginNs);
      if (answer.isEmpty() || comes(connected, left)) {
        return false;
      }
      spare.accept(answer.get());
      return true;
    }

    private boolean leadsToHttps(FetchOutcome answer) {
      return answer instanceof Redirected redirected
          && redirected
              .location()
              .flatMap(to -> LinkResolver.resolve(redirected.url(), to))
              .filter(to -> RobotsCache.site(to).equals(RobotsCache.site(url)))
              .isPresent();
    }

    private Deferred unconnected() {
      Duration took = Duration.ofNanos(System.nanoTime() - beginNs);
      return new Deferred(
          url, Reasons.TLS_TIMEOUT, 0, Optional.empty(), true, false, took, Instant.now());
    }

    /** What came of https, which is waited for. */
    private FetchOutcome outcome() throws InterruptedException {
      try {
        return https.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a fetch failed: " + url, e.getCause());
      }
    }

    private static boolean comes(CompletableFuture<Object> event, Duration wait)
        throws InterruptedException {
      try {
        event.get(Math.max(0, wait.toNanos()), TimeUnit.NANOSECONDS);
        return true;
      } catch (ExecutionException e) {
        return true;
      } catch (TimeoutException e) {
        return false;
      }
    }
  }
}
