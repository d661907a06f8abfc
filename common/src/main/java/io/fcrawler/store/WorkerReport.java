package io.fcrawler.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a worker says of itself every few seconds, and when its slots or lanes change.
 *
 * @param id of this run of the worker; also the client id by which the consumer group knows it
 * @param host the name of the machine or container, and the process id
 * @param heartbeatAt when this was said, by the worker's clock
 * @param slots of 64 that are the worker's
 * @param lanes that it holds
 * @param inFlight requests under way
 * @param pagesPerSecond since the report before
 * @param problem why it claims nothing for now, if so
 */
public record WorkerReport(
    String id,
    String host,
    String version,
    Instant startedAt,
    Instant heartbeatAt,
    int slots,
    int lanes,
    int inFlight,
    double pagesPerSecond,
    long heapUsedBytes,
    long heapMaxBytes,
    Optional<String> problem) {
  /** How often a worker reports. */
  public static final Duration EVERY = Duration.ofSeconds(5);

  /** After which a worker that does not report counts as dead. */
  public static final Duration SILENCE = EVERY.multipliedBy(3);

  /** Of a worker that has no problem. */
  public WorkerReport(
      String id,
      String host,
      String version,
      Instant startedAt,
      Instant heartbeatAt,
      int slots,
      int lanes,
      int inFlight,
      double pagesPerSecond,
      long heapUsedBytes,
      long heapMaxBytes) {
    this(
        id,
        host,
        version,
        startedAt,
        heartbeatAt,
        slots,
        lanes,
        inFlight,
        pagesPerSecond,
        heapUsedBytes,
        heapMaxBytes,
        Optional.empty());
  }

  /** Whether the worker was heard of lately. */
  public boolean alive(Instant now) {
    return heartbeatAt.plus(SILENCE).isAfter(now);
  }
}
