package io.fcrawler.store.walk;

import java.time.Duration;

/**
 * How far walks go.
 *
 * @param walks how many
 * @param steps of each, before its faultless end
 * @param lease of all calls
 * @param expiries how often a walk lets leases end, at most: after three take-overs an entry is
 *     delayed for a minute, for which a store with a clock of its own must really be waited for
 */
public record WalkPlan(int walks, int steps, Duration lease, int expiries) {}
