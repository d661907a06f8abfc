package io.fcrawler.chaos.fault;

import io.fcrawler.chaos.fleet.RedisPart;
import java.util.Locale;

/**
 * One thing that goes wrong, or that a user does.
 *
 * @param atMs after the beginning of the faults
 * @param lastsMs until it is put right
 * @param target a part, {@link #EVERYTHING}, or {@code part-server} for a link; empty where there
 *     is only one
 * @param amount of {@link Kind#SLOW} the delay in ms; of {@link Kind#TAIL_CUT} and {@link
 *     Kind#TAIL_ZEROED} and {@link Kind#TAIL_GARBLED} the bytes; of {@link Kind#OLD_BACKUP} how old
 *     it is in ms
 */
public record Fault(Kind kind, int atMs, int lastsMs, String target, int amount) {
  /** All parts at once, as an operator stops them and as a power failure does. */
  static final String EVERYTHING = "everything";

  public enum Kind {
    KILL("kill -9 of %t, back after %l"),
    TERM("SIGTERM of %t, back after %l"),
    FREEZE("%t frozen for %l"),
    TAIL_CUT("%t killed, the last %a bytes of its file lost"),
    TAIL_ZEROED("%t killed, the last %a bytes of its file zeros"),
    TAIL_GARBLED("%t killed, the last %a bytes of redis's file garbage"),
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

  /** Whether acknowledged work may be lost, so that a crawl's numbers may go back for a while. */
  boolean mayLoseWork() {
    return switch (kind) {
      case KILL -> target.equals("redis") || target.equals(EVERYTHING);
      case TAIL_CUT, TAIL_ZEROED, TAIL_GARBLED, OLD_BACKUP, FULL_MEMORY, FULL_DISK -> true;
      case TERM, FREEZE, CUT, SLOW, SILENT, JOIN_THEN_KILL, JOIN_THEN_TERM, PAUSE, RESUBMIT ->
          false;
    };
  }

  /** What becomes of the end of Redis's file; of faults that harm it. */
  RedisPart.End end() {
    return switch (kind) {
      case TAIL_CUT -> RedisPart.End.CUT;
      case TAIL_ZEROED -> RedisPart.End.ZEROED;
      case TAIL_GARBLED -> RedisPart.End.GARBLED;
      default -> throw new IllegalStateException(kind + " harms no file");
    };
  }

  /** What happens, without the time. */
  String what() {
    return kind.words
        .replace("%t", target)
        .replace("%l", seconds(lastsMs))
        .replace("%a", Integer.toString(amount));
  }

  @Override
  public String toString() {
    return seconds(atMs) + ": " + what();
  }

  private static String seconds(int ms) {
    return String.format(Locale.ROOT, "%.1f s", ms / 1000.0);
  }
}
