package io.fcrawler.store.explore;

/** A rule of the design that workers follow; a test may take it out. */
enum Rule {
  /** The cache of links known to the store dies with the session. */
  CACHE_DIES_WITH_SESSION,
  /** Results that were not settled are dropped where the session is over. */
  RESULTS_DIE_WITH_SESSION,
  /** Pages are fetched within the lease only. */
  LEASE,
  /** A lease counts from when the call was sent, not from its answer. */
  LEASE_COUNTS_FROM_SENDING,
  /** A page's output is written before it is settled. */
  OUTPUT_FIRST,
  /**
   * A call that was answered does not come again after the store went back. Clients see to it: they
   * send a call once, and its connection ends with the process that went back.
   */
  CALLS_ARE_SENT_ONCE
}
