package io.fcrawler.store;

import io.fcrawler.lane.Lane;
import java.util.List;
import java.util.Set;

/**
 * One lane's part of a turn.
 *
 * @param claims how many entries to take into flight, 0 or more
 * @param outcomes of entries in flight in this lane
 * @param links found on this lane's pages, for any lanes
 * @param host what visits said of the lane's host, in their order
 * @param joins authorities that come into scope by a redirect of the start page
 * @param spreads whether the lanes of this host may be spread over slots from now on
 */
public record LaneTurn(
    Lane lane,
    int claims,
    List<Outcome> outcomes,
    List<Link> links,
    List<HostReport> host,
    Set<String> joins,
    boolean spreads) {
  public LaneTurn {
    outcomes = List.copyOf(outcomes);
    links = List.copyOf(links);
    host = List.copyOf(host);
    joins = Set.copyOf(joins);
  }

  /** A turn that spreads nothing. */
  public LaneTurn(
      Lane lane,
      int claims,
      List<Outcome> outcomes,
      List<Link> links,
      List<HostReport> host,
      Set<String> joins) {
    this(lane, claims, outcomes, links, host, joins, false);
  }

  /** A claim alone; with 0 claims, a renewal. */
  public static LaneTurn claim(Lane lane, int claims) {
    return new LaneTurn(lane, claims, List.of(), List.of(), List.of(), Set.of());
  }
}
