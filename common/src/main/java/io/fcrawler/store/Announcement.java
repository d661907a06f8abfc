package io.fcrawler.store;

import io.fcrawler.lane.Lane;
import io.fcrawler.seed.Seed;
import java.util.Optional;

/**
 * News of a seed, which may get lost.
 *
 * @param lane one that was opened, released, or has entries again after it had none; empty where
 *     the crawl was paused, resumed or cancelled
 */
public record Announcement(Seed seed, Optional<Lane> lane) {}
