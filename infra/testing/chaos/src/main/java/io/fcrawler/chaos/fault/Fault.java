package io.fcrawler.chaos.fault;

import java.util.Locale;

/**
 * One thing that goes wrong, or that a user does.
 *
 * @param atMs after the beginning of the faults
 * @param lastsMs until it is put right
 * @param target a part, or {@code part-server} for a link; empty where there is only one
 * @param amount of {@link Kind#SLOW} the delay in ms; of {@link Kind#TAIL_CUT} and {@link
 *     Kind#TAIL_ZEROED} the bytes; of {@link Kind#OLD_BACKUP} how old it is in ms
 */
record Fault(Kind kind, int atMs, int lastsMs, String target, int amount) {
  enum Kind {
    KILL("kill -9 of %t, back after %l"),
    TERM("SIGTERM of %t, back after %l"),
    FREEZE("%t frozen for %l"),
    TAIL_CUT("redis killed, the last %a bytes of its file lost"),
    TAIL_ZEROED("redis killed, the last %a bytes of its file zeros"),
    OLD_BACKUP("redis replaced by its backup of %a ms ago"),
    CUT("%t cut for %l"),
    SLOW("%t delayed by %a ms for %l"),
    SILENT("%t half-open for %l"),
    FULL_MEMORY("redis at maxmemory for %l"),
    FULL_DISK("redis's disk full for %l"),
    JOIN_THEN_KILL("a worker joins, killed after %l"),
    JOIN_THEN_TERM("a worker joins, stopped after %l"),
    PAUSE("paused for %l"),
    RESUBMIT("resubmitted when done");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** As a column of a table. */
    public String title() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  boolean byUser() {
    return kind == Kind.PAUSE || kind == Kind.RESUBMIT;
  }

  @Override
  public String toString() {
    String what =
        kind.words
            .replace("%t", target)
            .replace("%l", seconds(lastsMs))
            .replace("%a", Integer.toString(amount));
    return seconds(atMs) + ": " + what;
  }

  private static String seconds(int ms) {
    return String.format(Locale.ROOT, "%.1f s", ms / 1000.0);
  }
}
