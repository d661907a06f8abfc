package io.fcrawler.store;

import java.time.Instant;
import java.util.List;

/**
 * What an audit found of a crawl that cannot end by itself, or has ended, since a part of its state
 * is gone.
 *
 * @param differences between its counters and what its state adds up to, each as a sentence
 * @param since when it was first found
 */
public record Damage(List<String> differences, Instant since) {
  /** What a user can do about it. */
  public static final String REMEDY =
      "Cancel it unless it has ended, and submit the domain again, or restore a backup of Redis.";

  public Damage {
    differences = List.copyOf(differences);
  }
}
