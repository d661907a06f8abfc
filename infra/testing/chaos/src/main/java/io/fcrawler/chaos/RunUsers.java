package io.fcrawler.chaos;

import io.fcrawler.chaos.fault.Injector;
import io.fcrawler.chaos.fault.Scenario.Step;
import io.fcrawler.chaos.fleet.Fleet;
import io.fcrawler.chaos.site.SeedSite;
import io.fcrawler.chaos.site.Web;
import io.fcrawler.chaos.user.PatientApi;
import io.fcrawler.client.Api.Control;
import io.fcrawler.client.Crawl;
import io.fcrawler.testing.web.SiteServer;
import io.fcrawler.testing.web.Visit;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The users of a run, and what an injector asks them.
 *
 * @param limit on every wait
 */
record RunUsers(Web web, SiteServer server, Fleet fleet, PatientApi api, Duration limit)
    implements Injector.Users {
  @Override
  public void pauseAndResume(Duration pause) throws InterruptedException {
    api.control(web.wide(), Control.PAUSE);
    TimeUnit.MILLISECONDS.sleep(pause.toMillis());
    api.control(web.wide(), Control.RESUME);
  }

  @Override
  public void resubmit() throws InterruptedException {
    if (api.awaitDone(web.again(), limit)) {
      api.submit(web.again());
    }
  }

  @Override
  public long inFlight() throws InterruptedException {
    long claims = 0;
    for (SeedSite site : web.all()) {
      claims += api.ask(it -> it.crawl(site.id())).map(Crawl::inFlight).orElse(0L);
    }
    return claims;
  }

  @Override
  public boolean await(Step step) throws InterruptedException {
    return switch (step.moment()) {
      case SMALL_DONE -> api.awaitDone(web.again(), limit);
      case REQUESTED -> awaitRequests(step.percent());
    };
  }

  private boolean awaitRequests(int percent) throws InterruptedException {
    long all = web.all().stream().mapToLong(site -> site.site().truth().total()).sum();
    long untilNs = System.nanoTime() + limit.toNanos();
    while (requested() * 100 < percent * all) {
      if (System.nanoTime() - untilNs > 0) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    while (inFlight() == 0 && System.nanoTime() - untilNs < 0) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return requested() < all;
  }

  /** How many URLs were asked for. */
  private long requested() {
    return server.log().stream()
        .filter(visit -> !visit.isRobots())
        .map(Visit::url)
        .distinct()
        .count();
  }

  @Override
  public boolean awaitReady() throws InterruptedException {
    long untilNs = System.nanoTime() + limit.toNanos();
    for (String program : fleet.programNames()) {
      while (!PatientApi.isReady(fleet.url(program))) {
        if (System.nanoTime() - untilNs > 0) {
          return false;
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
    return true;
  }
}
