package io.fcrawler.store.redis;

import io.fcrawler.store.Entry;

/**
 * The shape of an entry in Redis: fingerprint, depth, redirects, retries, take-overs, flags ({@code
 * s} start, {@code h} try http, else {@code -}), referrer and URL, separated by tabs, of which a
 * normalised URL has none. The scripts read the first, second, fifth, seventh and last field.
 */
final class EntryCodec {
  private static final int FIELDS = 8;

  private EntryCodec() {}

  static String write(Entry entry) {
    String flags = (entry.start() ? "s" : "") + (entry.tryHttp() ? "h" : "");
    return String.join(
        "\t",
        Long.toString(entry.fingerprint()),
        Integer.toString(entry.depth()),
        Integer.toString(entry.redirects()),
        Integer.toString(entry.retries()),
        Integer.toString(entry.takeovers()),
        flags.isEmpty() ? "-" : flags,
        entry.referrer(),
        entry.url());
  }

  static Entry read(String text) {
    String[] f = text.split("\t", -1);
    if (f.length != FIELDS) {
      throw new IllegalStateException("not an entry: " + text);
    }
    return new Entry(
        Long.parseLong(f[0]),
        f[7],
        Integer.parseInt(f[1]),
        Integer.parseInt(f[2]),
        Integer.parseInt(f[3]),
        Integer.parseInt(f[4]),
        f[5].contains("s"),
        f[5].contains("h"),
        f[6]);
  }
}
