package io.fcrawler.api;

import com.google.common.collect.Lists;
import java.util.Iterator;
import java.util.List;

/** The domains of a request, some at a time. Not thread-safe. */
interface Batches {
  /**
   * Waits for a further part; false at the end.
   *
   * @throws java.io.UncheckedIOException where the request breaks off
   */
  boolean read();

  /** The domains of the part that was read: takes processor time, and waits for nothing. */
  List<String> domains();

  /** Those of a list. */
  static Batches of(List<String> domains) {
    Iterator<List<String>> parts = Lists.partition(domains, BulkSubmissions.AT_ONCE).iterator();
    return new Batches() {
      @Override
      public boolean read() {
        return parts.hasNext();
      }

      @Override
      public List<String> domains() {
        return parts.next();
      }
    };
  }
}
