package io.fcrawler.store.redis;

/**
 * Linear hashing: which of a crawl's dedupe sets holds a fingerprint. The sets grow one at a time:
 * the next one takes its share from the one that has the same low bits but one.
 *
 * @see <a href="https://www.vldb.org/conf/1980/P212.PDF">W. Litwin, Linear Hashing, VLDB 1980</a>
 */
final class Buckets {
  /** Fingerprints in a set, on average. Above 512 Redis turns an integer set into a hash table. */
  static final int MEAN_LOAD = 200;

  private Buckets() {}

  /** The bucket of a fingerprint among {@code count}, 0 to {@code count - 1}. */
  static int of(long fingerprint, int count) {
    int half = Integer.highestOneBit(count);
    int address = (int) (fingerprint & (2L * half - 1));
    return address < count ? address : address & (half - 1);
  }

  /** The bucket that is split when there are {@code count}, so that there is one more. */
  static int splitAt(int count) {
    return count - Integer.highestOneBit(count);
  }

  /** How many splits may fall due when {@code links} fingerprints are added. */
  static int splitsFor(int links) {
    return links == 0 ? 1 : links / MEAN_LOAD + 2;
  }
}
