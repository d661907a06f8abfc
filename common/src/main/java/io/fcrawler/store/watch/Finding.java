package io.fcrawler.store.watch;

import java.util.Locale;

/**
 * Something about Redis that may cost crawls their state, or stop them.
 *
 * @param problem what is wrong, as the end of a sentence that begins with "Redis"
 * @param remedy the command that fixes it, or else what to do
 */
public record Finding(Kind kind, String problem, String remedy) {
  /** What findings are told apart by. */
  public enum Kind {
    AOF_DISABLED,
    AOF_WRITE_FAILED,
    AOF_REWRITE_FAILED,
    EVICTION_POLICY,
    MEMORY_LOW,
    DISK_LOW;

    /** The value of the meter's tag: {@code aof_disabled}. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public String toString() {
    return "Redis " + problem + ". To fix it: " + remedy;
  }
}
