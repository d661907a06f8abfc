package io.fcrawler.worker.session;

/**
 * Fingerprints that the store knows for certain: those of links in calls of this session that were
 * accepted. A bounded hash table in which a newcomer replaces what was in its place, so that it
 * forgets but never errs. Not thread-safe.
 */
final class SeenCache {
  private static final int LEAST = 256;
  private static final int MOST = 1 << 20;

  private long[] table = new long[LEAST];
  private boolean zero;
  private int added;

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
