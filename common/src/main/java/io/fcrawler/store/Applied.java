package io.fcrawler.store;

/** What applying a command did. */
public enum Applied {
  /** The crawl was opened, paused, resumed or cancelled. */
  DONE,
  /** The command's position was applied before: nothing changed. */
  REPEATED,
  /** Recorded, but about a crawl that is not current, or in a state where it means nothing. */
  IGNORED,
  /** A command before it is not applied (any more): nothing changed. */
  EARLY,
  /** An open whose predecessor is unfinished again: it begins when that one ends. */
  WAITING
}
