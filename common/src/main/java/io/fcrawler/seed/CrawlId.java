package io.fcrawler.seed;

import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The name of one run over a seed: a UUIDv7 (RFC 9562, section 5.7), made by the API.
 *
 * @param value the canonical 36 characters
 */
public record CrawlId(String value) {
  public CrawlId {
    if (!UUID.fromString(value).toString().equals(value)) {
      throw new IllegalArgumentException("not a canonical UUID: " + value);
    }
  }

  /** A new id: 48 bits of time (ms), then 74 random bits. */
  public static CrawlId next(Instant now, RandomGenerator random) {
    long high = (now.toEpochMilli() << 16) | 0x7000 | (random.nextLong() & 0x0fff);
    long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new CrawlId(new UUID(high, low).toString());
  }

  public UUID uuid() {
    return UUID.fromString(value);
  }

  /** When it was made, by the clock of the API that made it. */
  public Instant madeAt() {
    return Instant.ofEpochMilli(uuid().getMostSignificantBits() >>> 16);
  }

  /** The last 12 hexadecimal digits (48 random bits): the {@code <C>} of Redis keys. */
  public String shortForm() {
    return value.substring(24);
  }

  @Override
  public String toString() {
    return value;
  }
}
