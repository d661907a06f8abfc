package io.fcrawler.store;

import io.fcrawler.command.Position;
import io.fcrawler.lane.Lane;
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
 * @param waiting whether a further crawl waits for this one to end
 * @param former marks of ended crawls whose keys are still to be removed; opaque to callers
 */
public record SeedState(
    CrawlRef crawl,
    CrawlStatus status,
    CrawlOptions options,
    Optional<Position> applied,
    Set<Lane> lanes,
    Set<String> joined,
    boolean waiting,
    Optional<Instant> finishedAt,
    Set<String> former) {
  public SeedState {
    lanes = Set.copyOf(lanes);
    joined = Set.copyOf(joined);
    former = Set.copyOf(former);
  }
}
