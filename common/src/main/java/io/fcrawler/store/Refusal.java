package io.fcrawler.store;

/** Why a session's call changed nothing; after either the session is over. */
public enum Refusal {
  /** Another crawl is current, or none, or this one is finished. */
  GONE,
  /**
   * The session is unknown, or its seq is another: the state went back in time, or an answer was
   * lost.
   */
  STALE
}
