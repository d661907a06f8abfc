package io.fcrawler.worker.session;

import io.fcrawler.store.HostPatience;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What all sessions of a worker have in common.
 *
 * @param lease how long the store keeps lanes for a session without a call
 * @param patience with hosts that fail
 * @param nanos the monotonic clock, ns
 * @param mayAcquire whether Kafka counts this worker as alive
 * @param mayRenew whether this worker is of use: not cut off with pages that it can't put out
 * @param mayClaim whether this worker's pages can be put out; sessions are to be woken when they
 *     can again
 */
public record SessionSettings(
    Duration lease,
    HostPatience patience,
    LongSupplier nanos,
    BooleanSupplier mayAcquire,
    BooleanSupplier mayRenew,
    BooleanSupplier mayClaim) {}
