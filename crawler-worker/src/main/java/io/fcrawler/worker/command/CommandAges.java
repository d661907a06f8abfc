package io.fcrawler.worker.command;

import java.time.Instant;
import java.util.Optional;

/** How old the commands in the log are, and whether workers read any. */
interface CommandAges {
  /** Commands that are older than some time: how many, and the time of the oldest. */
  record Older(long commands, Instant oldest) {}

  /** Those of all partitions that the log still has; empty where there are none. */
  Optional<Older> before(Instant time);

  /**
   * Whether workers are known to have read commands: Kafka keeps their positions for a week after
   * the last of them. Where it refuses to say, they are taken to have.
   */
  boolean anyRead() throws InterruptedException;
}
