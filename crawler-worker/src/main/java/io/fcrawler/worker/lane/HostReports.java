package io.fcrawler.worker.lane;

import io.fcrawler.store.Entry;
import io.fcrawler.store.HostReport;
import io.fcrawler.store.HostReport.Troubled;
import io.fcrawler.store.HostReport.Well;
import io.fcrawler.store.HostStanding;
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
   * What a fetch says of its host.
   *
   * @param reason for which the URL would fail
   */
  Optional<HostReport> of(String host, Entry entry, FetchOutcome outcome, String reason) {
    return switch (outcome) {
      case Fetched _, Redirected _ -> answered(host);
      case Rejected rejected -> rejected.status() == 0 ? Optional.empty() : answered(host);
      case Deferred deferred ->
          isTheHosts(deferred)
              ? Optional.of(failed(host, entry, deferred, reason))
              : answered(host);
    };
  }

  /** Whether no answer came, or one that says that the host can't answer now. */
  private static boolean isTheHosts(Deferred deferred) {
    int status = deferred.status();
    return status == 0 || status == TOO_MANY_REQUESTS || status >= SERVER_ERROR;
  }

  /** Tells a host's gate what a fetch says of it. */
  static void tell(HostGate gate, Entry entry, FetchOutcome outcome, String reason) {
    switch (outcome) {
      case Deferred deferred when isTheHosts(deferred) -> {
        gate.failed(reason, entry.retries() == 0);
        if (deferred.status() == TOO_MANY_REQUESTS) {
          gate.throttled();
        }
        deferred.retryAfter().ifPresent(gate::pause);
      }
      case Rejected rejected when rejected.status() == 0 -> {}
      default -> gate.well();
    }
  }

  private HostReport failed(String host, Entry entry, Deferred deferred, String reason) {
    troubled.add(host);
    return new Troubled(reason, entry.retries() == 0, deferred.retryAfter().orElse(Duration.ZERO));
  }

  private Optional<HostReport> answered(String host) {
    return troubled.remove(host) ? Optional.of(new Well()) : Optional.empty();
  }
}
