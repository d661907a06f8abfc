package io.fcrawler.url;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The 64-bit keyed hash (SipHash-2-4) that stands for a URL in the dedupe sets of one crawl. The
 * key is the crawlId, which no crawled site knows, so that none can make URLs that collide.
 *
 * @see <a href="https://www.aumasson.jp/siphash/siphash.pdf">SipHash: a fast short-input PRF</a>
 */
public final class Fingerprinter {
  private final HashFunction hash;

  public Fingerprinter(UUID crawlId) {
    hash = Hashing.sipHash24(crawlId.getMostSignificantBits(), crawlId.getLeastSignificantBits());
  }

  /** The fingerprint of a normalised URL; any of the 2^64 values. */
  public long fingerprint(String url) {
    return hash.hashString(url, StandardCharsets.UTF_8).asLong();
  }
}
