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
import io.fcrawler.worker.politeness.HostGate;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the lanes of one crawl report of their hosts: every failure that is the host's, and an
 * answer where it is news. Thread-safe.
 */
final class HostReports {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  private final Set<String> troubled = ConcurrentHashMap.newKeySet();

  /** Hears how the crawl stands with a host. */
  void hear(String host, HostStanding standing) {
    if (standing != HostStanding.WELL) {
      troubled.add(host);
    }
  }

  /**
   * Takes in what a fetch says of its host: tells the host's gate, and gives what is to be
   * reported.
   *
   * @param reason for which the URL would fail
   */
  Optional<HostReport> of(
      HostGate gate, CrawlUrl url, Entry entry, FetchOutcome outcome, String reason) {
    return switch (outcome) {
      case Fetched _, Redirected _ -> answered(gate, url.host());
      case Rejected rejected ->
          rejected.status() == 0 ? Optional.empty() : answered(gate, url.host());
      case Deferred deferred ->
          isTheHosts(deferred)
              ? Optional.of(failed(gate, url.host(), entry, deferred, reason))
              : answered(gate, url.host());
    };
  }

  /** Whether no answer came, or one that says that the host can't answer now. */
  private static boolean isTheHosts(Deferred deferred) {
    int status = deferred.status();
    return status == 0 || status == TOO_MANY_REQUESTS || status >= SERVER_ERROR;
  }

  private HostReport failed(
      HostGate gate, String host, Entry entry, Deferred deferred, String reason) {
    boolean counts = entry.retries() == 0;
    gate.failed(reason, counts);
    if (deferred.status() == TOO_MANY_REQUESTS) {
      gate.throttled();
    }
    deferred.retryAfter().ifPresent(gate::pause);
    troubled.add(host);
    return new Troubled(reason, counts, deferred.retryAfter().orElse(Duration.ZERO));
  }

  private Optional<HostReport> answered(HostGate gate, String host) {
    gate.well();
    return troubled.remove(host) ? Optional.of(new Well()) : Optional.empty();
  }
}
