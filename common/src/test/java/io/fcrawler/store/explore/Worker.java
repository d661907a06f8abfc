package io.fcrawler.store.explore;

import io.fcrawler.lane.Lane;
import io.fcrawler.store.AcquireRequest;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.LaneTurn;
import io.fcrawler.store.ReleaseRequest;
import io.fcrawler.store.SessionRef;
import io.fcrawler.store.TurnRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What a worker knows. Immutable.
 *
 * @param sessions begun so far, so that no id is used again
 * @param predecessor the session before this one, to be named by the next acquire
 * @param leases in the order of their lanes' names
 * @param known fingerprints that the store knows, by its answers
 */
record Worker(
    String name,
    int sessions,
    Optional<SessionRef> session,
    Optional<String> predecessor,
    List<Lease> leases,
    Set<Long> known) {
  static Worker fresh(String name) {
    return new Worker(name, 0, Optional.empty(), Optional.empty(), List.of(), Set.of());
  }

  /** Ready to call for this crawl; what belongs to another is forgotten. */
  Worker on(CrawlRef crawl) {
    return session.filter(it -> it.crawl().equals(crawl)).isPresent()
        ? this
        : forgetful().begun(crawl, Optional.empty());
  }

  Worker begun(CrawlRef crawl, Optional<String> after) {
    SessionRef first = new SessionRef(crawl, name + (sessions + 1), 0);
    return new Worker(name, sessions + 1, Optional.of(first), after, leases, known);
  }

  /** After its death, or news that its crawl is gone. */
  Worker forgetful() {
    return new Worker(name, sessions, Optional.empty(), Optional.empty(), List.of(), Set.of());
  }

  /** After an accepted call. */
  Worker accepted() {
    Optional<SessionRef> next =
        session.map(it -> new SessionRef(it.crawl(), it.id(), it.seq() + 1));
    return new Worker(name, sessions, next, predecessor, leases, known);
  }

  Worker withoutPredecessor() {
    return new Worker(name, sessions, session, Optional.empty(), leases, known);
  }

  Worker holding(List<Lease> held, Set<Long> links) {
    return new Worker(name, sessions, session, predecessor, held, Set.copyOf(links));
  }

  Worker with(Lease lease) {
    List<Lease> held = new ArrayList<>(without(lease.lane()).leases());
    held.add(lease);
    held.sort(Comparator.comparing(it -> it.lane().name()));
    return holding(List.copyOf(held), known);
  }

  Worker without(Lane lane) {
    return holding(leases.stream().filter(it -> !it.lane().equals(lane)).toList(), known);
  }

  Worker each(UnaryOperator<Lease> change) {
    return holding(leases.stream().map(change).toList(), known);
  }

  Optional<Lease> lease(Lane lane) {
    return leases.stream().filter(it -> it.lane().equals(lane)).findFirst();
  }

  Call acquire(Lane lane) {
    return new Call.Acquire(
        new AcquireRequest(session.orElseThrow(), predecessor, World.LEASE, List.of(lane)));
  }

  /** A turn of some leases that settles the first result of each. */
  Call turn(List<Lease> part) {
    return turn(part, 1);
  }

  /** A turn that settles nothing. */
  Call claim(List<Lease> part) {
    return turn(part, 0);
  }

  private Call turn(List<Lease> part, int results) {
    List<LaneTurn> turns = part.stream().map(lease -> lease.turn(results, known)).toList();
    TurnRequest request = new TurnRequest(session.orElseThrow(), World.LEASE, turns);
    return new Call.Turn(request, results);
  }

  Call release(Lane lane) {
    return new Call.Release(new ReleaseRequest(session.orElseThrow(), List.of(lane)));
  }
}
