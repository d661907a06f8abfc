package io.fcrawler.store;

import io.fcrawler.seed.Seed;
import java.util.List;
import java.util.Optional;

/**
 * Part of a list of seeds.
 *
 * @param seeds perhaps fewer than were asked for, even none, while there is a next page
 * @param next where the next page begins; empty after the last seed
 */
public record SeedPage(List<Seed> seeds, Optional<SeedQuery.Place> next) {
  /** Copies. */
  public SeedPage {
    seeds = List.copyOf(seeds);
  }
}
