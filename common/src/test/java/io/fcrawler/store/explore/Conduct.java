package io.fcrawler.store.explore;

import io.fcrawler.lane.Lane;
import io.fcrawler.store.AcquireReply.Grant;
import io.fcrawler.store.AcquireReply.Granted;
import io.fcrawler.store.LaneTurn;
import io.fcrawler.store.Refusal;
import io.fcrawler.store.SessionRef;
import io.fcrawler.store.TurnReply.Held;
import io.fcrawler.store.explore.Call.Acquired;
import io.fcrawler.store.explore.Call.Answer;
import io.fcrawler.store.explore.Call.Refused;
import io.fcrawler.store.explore.Call.Released;
import io.fcrawler.store.explore.Call.Turned;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How workers behave: by the rules of the design, less those that are taken out. */
final class Conduct {
  private final Set<Rule> takenOut;

  Conduct(Set<Rule> takenOut) {
    this.takenOut = Set.copyOf(takenOut);
  }

  boolean keeps(Rule rule) {
    return !takenOut.contains(rule);
  }

  /** Whether a request may be started in the lane. */
  boolean mayFetch(Lease lease, int now) {
    return now < lease.until() || !keeps(Rule.LEASE);
  }

  /** The worker after an answer. */
  Worker answered(Worker worker, Answer answer, int sent, int now) {
    int until = (keeps(Rule.LEASE_COUNTS_FROM_SENDING) ? sent : now) + 1;
    return switch (answer) {
      case Refused(Refusal refusal) -> refusal == Refusal.GONE ? worker.forgetful() : lost(worker);
      case Released _ -> worker.accepted();
      case Acquired acquired ->
          acquired(worker.accepted().withoutPredecessor(), acquired.reply().lanes(), until);
      case Turned turned -> turned(worker.accepted(), turned, until);
    };
  }

  private static Worker acquired(Worker worker, Map<Lane, Grant> grants, int until) {
    Worker after = worker;
    for (Map.Entry<Lane, Grant> grant : grants.entrySet()) {
      Lane lane = grant.getKey();
      after =
          grant.getValue() instanceof Granted
              ? after.with(after.lease(lane).orElse(Lease.granted(lane, until)).renewed(until))
              : after.without(lane);
    }
    return after;
  }

  private static Worker turned(Worker worker, Turned turned, int until) {
    Worker after = worker;
    Set<Long> known = new HashSet<>(worker.known());
    for (LaneTurn turn : turned.call().request().lanes()) {
      if (turned.reply().lanes().get(turn.lane()) instanceof Held held) {
        Lease lease = after.lease(turn.lane()).orElseThrow();
        int settled = Math.min(turned.call().settled(), lease.results().size());
        after = after.with(lease.turned(settled, held.claimed(), until));
        turn.links().forEach(link -> known.add(link.entry().fingerprint()));
      } else {
        after = after.without(turn.lane());
      }
    }
    return turned.reply().status().finished()
        ? after.forgetful()
        : after.holding(after.leases(), known);
  }

  /** The worker after its session may be over: it drops all of it and begins a successor. */
  Worker lost(Worker worker) {
    Optional<SessionRef> old = worker.session();
    if (old.isEmpty()) {
      return worker.forgetful();
    }
    List<Lease> leases = keeps(Rule.RESULTS_DIE_WITH_SESSION) ? List.of() : ended(worker.leases());
    Set<Long> known = keeps(Rule.CACHE_DIES_WITH_SESSION) ? Set.of() : worker.known();
    return worker.holding(leases, known).begun(old.get().crawl(), old.map(SessionRef::id));
  }

  /** Their lanes are to be acquired again. */
  private static List<Lease> ended(List<Lease> leases) {
    return leases.stream()
        .map(it -> new Lease(it.lane(), Optional.empty(), it.results(), 0, it.undisturbed()))
        .toList();
  }
}
