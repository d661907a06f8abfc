package io.fcrawler.worker.session;

import io.fcrawler.store.Link;

/**
 * Links that the store knows for certain: those in calls of this session that were accepted. One
 * that was kept out, and may be let in when it is found again, is told from one that is settled. A
 * bounded hash table in which a newcomer replaces what was in its place, so that it forgets but
 * never errs. Not thread-safe.
 */
final class SeenCache {
  private static final int LEAST = 256;
  private static final int MOST = 1 << 20;

  /** Makes another fingerprint of one, for links that may be lifted. */
  private static final long LIFTABLE = 0x9e3779b97f4a7c15L;

  private long[] table = new long[LEAST];
  private boolean zero;
  private int added;

  /** Whether the store would do nothing for this link. */
  boolean contains(Link link) {
    long fingerprint = link.entry().fingerprint();
    return contains(fingerprint) || contains(key(link));
  }

  void add(Link link) {
    add(key(link));
  }

  /** What a link is known by. */
  static long key(Link link) {
    long fingerprint = link.entry().fingerprint();
    return link.mayBeLifted() ? fingerprint ^ LIFTABLE : fingerprint;
  }

  boolean contains(long fingerprint) {
    return fingerprint == 0 ? zero : table[place(fingerprint)] == fingerprint;
  }

  void add(long fingerprint) {
    if (fingerprint == 0) {
      zero = true;
      return;
    }
    if (added > table.length / 2 && table.length < MOST) {
      grow();
    }
    int place = place(fingerprint);
    if (table[place] != fingerprint) {
      table[place] = fingerprint;
      added++;
    }
  }

  private void grow() {
    long[] old = table;
    table = new long[old.length * 2];
    added = 0;
    for (long fingerprint : old) {
      if (fingerprint != 0) {
        table[place(fingerprint)] = fingerprint;
        added++;
      }
    }
  }

  private int place(long fingerprint) {
    return (int) (fingerprint >>> 32) & (table.length - 1);
  }
}
