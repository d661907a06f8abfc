package io.fcrawler.worker.fetch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** The Retry-After header (RFC 9110, section 10.2.3): seconds, or a date. */
final class RetryAfter {
  /** The longest wait that is honoured. */
  static final Duration MOST = Duration.ofHours(1);

  private RetryAfter() {}

  /** The wait from {@code now} on, at most {@link #MOST}; empty where the header says none. */
  static Optional<Duration> parse(@Nullable String header, Instant now) {
    if (header == null) {
      return Optional.empty();
    }
    String text = header.strip();
    if (text.matches("\\d+")) {
      boolean hours = text.length() > 6;
      return Optional.of(hours ? MOST : capped(Duration.ofSeconds(Long.parseLong(text))));
    }
    return date(text).map(until -> capped(Duration.between(now, until)));
  }

  private static Optional<Instant> date(String text) {
    boolean printable = text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    return printable
        ? Optional.ofNullable(Headers.of("Retry-After", text).getInstant("Retry-After"))
        : Optional.empty();
  }

  private static Duration capped(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(MOST) > 0 ? MOST : wait;
  }
}
