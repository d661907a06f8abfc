package io.fcrawler.store;

import io.fcrawler.lane.Lane;
import java.util.Optional;

/**
 * A URL found, and in scope.
 *
 * @param entry what is queued if the URL was not seen before
 * @param lane where it is queued
 * @param exclusion the reason for which it is kept out; empty to admit it
 */
public record Link(Entry entry, Lane lane, Optional<String> exclusion) {}
