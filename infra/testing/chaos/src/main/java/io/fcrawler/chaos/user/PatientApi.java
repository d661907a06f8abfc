package io.fcrawler.chaos.user;

import io.fcrawler.chaos.site.SeedSite;
import io.fcrawler.client.Api;
import io.fcrawler.client.Api.Control;
import io.fcrawler.client.ClientException;
import io.fcrawler.client.ConflictException;
import io.fcrawler.client.Crawl;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** All APIs of a fleet, asked in turn, and again until there is an answer. Thread-safe. */
public final class PatientApi {
  private static final Duration LIMIT = Duration.ofSeconds(8);

  private final List<Api> apis;
  private final AtomicInteger turn = new AtomicInteger();

  /**
   * @param urls of all APIs
   */
  public PatientApi(List<String> urls) {
    this.apis = urls.stream().map(PatientApi::api).toList();
  }

  private static Api api(String url) {
    return new Api(URI.create(url), LIMIT);
  }

  /** Asks the next API, once; empty where it refuses, is unreachable or too slow. */
  public <T> Optional<T> ask(Function<Api, T> question) throws InterruptedException {
    return ask(apis.get(Math.floorMod(turn.getAndIncrement(), apis.size())), question);
  }

  private static <T> Optional<T> ask(Api api, Function<Api, T> question)
      throws InterruptedException {
    try {
      return Optional.of(question.apply(api));
    } catch (ClientException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException(); // which also ends a request
      }
      return Optional.empty();
    }
  }

  /** Once: whether it is taken, or was before. */
  public boolean trySubmit(SeedSite site) throws InterruptedException {
    String submission =
        "{\"domain\":\"%s\",\"includeSubdomains\":true,\"connectionsPerHost\":%d,\"delayMs\":%d}"
            .formatted(site.startUrl(), site.connections(), site.delayMs());
    return ask(api -> api.submit(submission)).isPresent();
  }

  /** Until it is taken. */
  public void submit(SeedSite site) throws InterruptedException {
    while (!trySubmit(site)) {
      pause();
    }
  }

  /** Pauses or resumes, until that is taken; or is not possible, as the crawl has ended. */
  public void control(SeedSite site, Control control) throws InterruptedException {
    do {
      pause();
    } while (ask(api -> isSettled(api, site, control)).isEmpty());
  }

  private static boolean isSettled(Api api, SeedSite site, Control control) {
    try {
      api.control(site.id(), control);
    } catch (ConflictException e) {
      return true; // it has ended
    }
    return true;
  }

  private static void pause() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(200);
  }

  /** Whether the program at a URL says that it is ready. */
  public static boolean isReady(String url) throws InterruptedException {
    return ask(api(url), Api::isReady).orElse(false);
  }

  /** The crawl's status; empty while there is no answer. */
  public String status(SeedSite site) throws InterruptedException {
    return ask(api -> api.crawl(site.id())).map(Crawl::status).orElse("");
  }

  /** Waits until it is done, and resumes it as long as it is paused; false if that takes longer. */
  public boolean awaitDone(SeedSite site, Duration most) throws InterruptedException {
    long untilNs = System.nanoTime() + most.toNanos();
    while (System.nanoTime() - untilNs < 0) {
      switch (status(site)) {
        case "done" -> {
          return true;
        }
        case "paused" -> control(site, Control.RESUME);
        default -> pause();
      }
    }
    return false;
  }
}
