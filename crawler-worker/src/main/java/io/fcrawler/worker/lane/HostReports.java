package io.fcrawler.worker.lane;

import io.fcrawler.store.Entry;
import io.fcrawler.store.HostReport;
import io.fcrawler.store.HostReport.Troubled;
import io.fcrawler.store.HostReport.Well;
import io.fcrawler.worker.fetch.FetchOutcome;
import io.fcrawler.worker.fetch.FetchOutcome.Deferred;
import io.fcrawler.worker.fetch.FetchOutcome.Fetched;
import io.fcrawler.worker.fetch.FetchOutcome.Redirected;
import io.fcrawler.worker.fetch.FetchOutcome.Rejected;
import java.time.Duration;
import java.util.Optional;

/**
 * What a fetch says of its host: every failure that is the host's, and an answer where it is news.
 */
final class HostReports {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  private HostReports() {}

  /**
   * Takes in what a fetch says of its host: tells the gates, and gives what is to be reported.
   *
   * @param reason for which the URL would fail
   */
  static Optional<HostReport> of(
      LaneGates gates, Entry entry, FetchOutcome outcome, String reason) {
    return switch (outcome) {
      case Fetched _, Redirected _ -> answered(gates);
      case Rejected rejected -> rejected.status() == 0 ? Optional.empty() : answered(gates);
      case Deferred deferred ->
          isTheHosts(deferred)
              ? Optional.of(failed(gates, entry, deferred, reason))
              : answered(gates);
    };
  }

  /** Whether no answer came, or one that says that the host can't answer now. */
  private static boolean isTheHosts(Deferred deferred) {
    int status = deferred.status();
    return status == 0 || status == TOO_MANY_REQUESTS || status >= SERVER_ERROR;
  }

  private static HostReport failed(LaneGates gates, Entry entry, Deferred deferred, String reason) {
    boolean counts = entry.retries() == 0;
    gates.trouble().failed(reason, counts);
    if (deferred.status() == TOO_MANY_REQUESTS) {
      gates.host().throttled();
    }
    deferred.retryAfter().ifPresent(asked -> gates.host().pause(asked, reason));
    return new Troubled(reason, counts, deferred.retryAfter().orElse(Duration.ZERO));
  }

  private static Optional<HostReport> answered(LaneGates gates) {
    return gates.trouble().well() ? Optional.of(new Well()) : Optional.empty();
  }
}
