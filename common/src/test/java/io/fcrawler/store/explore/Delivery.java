package io.fcrawler.store.explore;

/** What becomes of a call and its answer. */
enum Delivery {
  ANSWERED(""),
  /** A copy of it remains under way. */
  COPIED(", and a copy is under way"),
  /** The clock ticks before the answer comes. */
  SLOW(", answered a lease later"),
  /** It was executed, but its sender never hears of it. */
  UNANSWERED(", answer lost"),
  /** It never comes. */
  LOST(", never comes"),
  /** Its sender gives it up, but it is under way. */
  DELAYED(", given up but under way");

  private final String words;

  Delivery(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
