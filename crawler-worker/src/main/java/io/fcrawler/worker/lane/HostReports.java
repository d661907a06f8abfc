package io.fcrawler.worker.lane;

import io.fcrawler.store.Entry;
import io.fcrawler.store.HostReport;
import io.fcrawler.store.HostReport.Troubled;
import io.fcrawler.store.HostReport.Well;
import io.fcrawler.store.HostStanding;
import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.FetchOutcome;
import io.fcrawler.worker.fetch.FetchOutcome.Deferred;
import io.fcrawler.worker.fetch.FetchOutcome.Fetched;
import io.fcrawler.worker.fetch.FetchOutcome.Redirected;
import io.fcrawler.worker.fetch.FetchOutcome.Rejected;
import io.fcrawler.worker.politeness.HostTrouble;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What the lanes of one crawl report of their hosts: every failure that is the host's, and an
 * answer where it is news. Thread-safe.
 */
final class HostReports {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  private final Set<String> troubled = ConcurrentHashMap.newKeySet();
  private final Map<String, HostTrouble> troubles = new ConcurrentHashMap<>();
  private final Supplier<HostTrouble> none;

  HostReports(Supplier<HostTrouble> none) {
    this.none = none;
  }

  /** What the crawl holds against a host, in this worker. */
  HostTrouble trouble(String host) {
    return troubles.computeIfAbsent(host, _ -> none.get());
  }

  /** Hears how the crawl stands with a host. */
  void hear(String host, HostStanding standing) {
    if (standing != HostStanding.WELL) {
      troubled.add(host);
    }
  }

  /**
   * Takes in what a fetch says of its host: tells the gates, and gives what is to be reported.
   *
   * @param reason for which the URL would fail
   */
  Optional<HostReport> of(
      LaneGates gates, CrawlUrl url, Entry entry, FetchOutcome outcome, String reason) {
    return switch (outcome) {
      case Fetched _, Redirected _ -> answered(gates, url.host());
      case Rejected rejected ->
          rejected.status() == 0 ? Optional.empty() : answered(gates, url.host());
      case Deferred deferred ->
          isTheHosts(deferred)
              ? Optional.of(failed(gates, url.host(), entry, deferred, reason))
              : answered(gates, url.host());
    };
  }

  /** Whether no answer came, or one that says that the host can't answer now. */
  private static boolean isTheHosts(Deferred deferred) {
    int status = deferred.status();
    return status == 0 || status == TOO_MANY_REQUESTS || status >= SERVER_ERROR;
  }

  private HostReport failed(
      LaneGates gates, String host, Entry entry, Deferred deferred, String reason) {
    boolean counts = entry.retries() == 0;
    gates.trouble().failed(reason, counts);
    if (deferred.status() == TOO_MANY_REQUESTS) {
      gates.host().throttled();
    }
    deferred.retryAfter().ifPresent(asked -> gates.host().pause(asked, reason));
    troubled.add(host);
    return new Troubled(reason, counts, deferred.retryAfter().orElse(Duration.ZERO));
  }

  private Optional<HostReport> answered(LaneGates gates, String host) {
    gates.trouble().well();
    return troubled.remove(host) ? Optional.of(new Well()) : Optional.empty();
  }
}
