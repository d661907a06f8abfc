package io.fcrawler.store;

import io.fcrawler.command.Position;
import io.fcrawler.lane.Lane;
import io.fcrawler.lane.Slots;
import io.fcrawler.seed.CrawlOptions;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a worker needs to know of a seed to run its lanes.
 *
 * @param applied the position of the last command applied; empty where none ever was
 * @param lanes opened so far
 * @param joined authorities that joined the scope
 * @param start the start page's lane
 * @param spread hosts whose lanes are spread over slots
 * @param waiting whether a further crawl waits for this one to end
 * @param former marks of ended crawls whose keys are still to be removed; opaque to callers
 * @param damage of a crawl that cannot end, or ended without a part of its state
 */
public record SeedState(
    CrawlRef crawl,
    CrawlStatus status,
    CrawlOptions options,
    Optional<Position> applied,
    Set<Lane> lanes,
    Set<String> joined,
    Lane start,
    Set<String> spread,
    boolean waiting,
    Optional<Instant> finishedAt,
    Set<String> former,
    Activity activity,
    Optional<Damage> damage) {
  public SeedState {
    lanes = Set.copyOf(lanes);
    joined = Set.copyOf(joined);
    spread = Set.copyOf(spread);
    former = Set.copyOf(former);
  }

  /**
   * The slot whose owner runs a lane. The lanes of a host are together until it is known that it
   * needs no pacing. Those of the start page's host are where its first lane will stay, so that
   * this one never runs beside the same lane of another crawl.
   */
  public int slot(Lane lane) {
    if (!options.maySpread()) {
      return Slots.of(lane.host());
    } else if (spread.contains(lane.host())) {
      return Slots.of(lane);
    }
    return lane.host().equals(start.host()) ? Slots.of(start) : Slots.of(lane.host());
  }
}
