package io.fcrawler.store;

import java.time.Instant;

/**
 * A removal of what dead workers left, with totals of what there was after it.
 *
 * @param at by the clock of the worker that did it
 * @param workers that are remembered
 * @param removed workers that no longer are
 * @param seeds of all times
 * @param activeSeeds those that are unfinished, or were so lately
 */
public record Cleanup(Instant at, int workers, int removed, long seeds, long activeSeeds) {}
