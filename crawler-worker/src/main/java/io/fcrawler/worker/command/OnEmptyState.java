package io.fcrawler.worker.command;

import io.fcrawler.config.Env;
import java.time.Duration;
import java.util.Optional;

/**
 * What to do where Redis has lost its state, and all crawls begin anew.
 *
 * @param waits whether no site is asked until somebody says so
 * @param grace where it does not wait, for how long no site is asked
 */
public record OnEmptyState(boolean waits, Duration grace) {
  public static final OnEmptyState DEFAULT = new OnEmptyState(false, Duration.ofSeconds(30));

  /**
   * Reads the word of the configuration.
   *
   * @throws IllegalArgumentException for any but {@code recrawl} and {@code wait}
   */
  public static boolean waits(String word) {
    return switch (word) {
      case "recrawl" -> false;
      case "wait" -> true;
      default -> throw new IllegalArgumentException(Env.quoted(word) + " is not recrawl or wait");
    };
  }

  /** For how long no site is asked; empty: until somebody says so. */
  Optional<Duration> rest() {
    return waits ? Optional.empty() : Optional.of(grace);
  }
}
