package io.fcrawler.worker.session;

import io.fcrawler.lane.Lane;
import io.fcrawler.store.HostReport;
import io.fcrawler.store.LaneTurn;
import io.fcrawler.store.Link;
import io.fcrawler.store.Outcome;
import io.fcrawler.store.TurnRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One turn in the making. Takes a lane's visits in order until the turn is full; of a visit with
 * more links than a turn takes, some go first, and its outcome last, with the rest.
 */
final class TurnBatch {
  private final SeenCache seen;
  private final List<LaneTurn> turns = new ArrayList<>();
  private int outcomesLeft = TurnRequest.MAX_OUTCOMES;
  private int linksLeft = TurnRequest.MAX_LINKS;

  TurnBatch(SeenCache seen) {
    this.seen = seen;
  }

  List<LaneTurn> turns() {
    return turns;
  }

  /** Adds a lane: what fits of its visits, and a wish for claims. */
  void add(LaneState state, int claims) {
    Part part = new Part();
    while (!state.visits.isEmpty() && outcomesLeft > 0) {
      Visit visit = state.visits.peek();
      part.spreads |= visit.spreads(); // not after the links that open the host's lanes
      List<Link> rest = part.links(visit.links());
      if (!rest.isEmpty()) {
        state.visits.poll();
        state.visits.addFirst(visit.with(rest));
        break;
      }
      part.settle(state.visits.remove());
    }
    turns.add(part.turn(state.lane, claims));
  }

  /**
   * The part of one lane. A link stands once in it: if the lane is lost, so are all of its links.
   */
  private final class Part {
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final Set<Long> known = new HashSet<>();
    private final Set<String> joins = new HashSet<>();
    private final List<HostReport> host = new ArrayList<>();
    private boolean spreads;

    /** Takes in links that the store may not know, and gives those that no longer fit. */
    List<Link> links(List<Link> found) {
      for (int i = 0; i < found.size(); i++) {
        Link link = found.get(i);
        long fingerprint = link.entry().fingerprint();
        long key = SeenCache.key(link); // one that may be lifted doesn't stand for a free one
        if (seen.contains(link) || known.contains(fingerprint) || known.contains(key)) {
          continue;
        }
        if (linksLeft == 0) {
          return found.subList(i, found.size());
        }
        known.add(key);
        links.add(link);
        linksLeft--;
      }
      return List.of();
    }

    void settle(Visit visit) {
      outcomes.add(visit.outcome());
      outcomesLeft--;
      visit.memory().close();
      joins.addAll(visit.joins());
      visit.host().ifPresent(host::add);
    }

    LaneTurn turn(Lane lane, int claims) {
      return new LaneTurn(lane, claims, outcomes, links, host, joins, spreads);
    }
  }
}
