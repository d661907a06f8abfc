package io.fcrawler.worker.fetch;

import io.fcrawler.url.CrawlUrl;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What became of one fetch. */
public sealed interface FetchOutcome {
  /** What was asked for. */
  CrawlUrl url();

  /** The HTTP status; 0 where there was no answer. */
  int status();

  /** From the start of the fetch until this outcome was known. */
  Duration elapsed();

  /** When this outcome was known. */
  Instant at();

  /**
   * A final answer: 2xx, or 3xx that is no redirect (300 without Location, 304 ...).
   *
   * @param body decoded, at most as long as the body limit; not copied, so it must not be changed
   * @param truncated whether the body was cut at the limit
   * @param bytesReceived length of the body as it was sent, before decoding
   */
  @SuppressWarnings("ArrayRecordComponent") // bodies are megabytes, and never compared
  record Fetched(
      CrawlUrl url,
      int status,
      HttpMeta meta,
      byte[] body,
      boolean truncated,
      long bytesReceived,
      Duration elapsed,
      Instant at)
      implements FetchOutcome {}

  /**
   * The page is elsewhere: 301, 302, 303, 307, 308, or 300 with Location.
   *
   * @param location the header as it was sent, a URL reference relative to {@code url}; empty where
   *     it was missing
   */
  record Redirected(
      CrawlUrl url,
      int status,
      Optional<String> location,
      HttpMeta meta,
      Duration elapsed,
      Instant at)
      implements FetchOutcome {}

  /**
   * Failed for good.
   *
   * @param reason one of {@link Reasons}
   * @param unconnectable whether no connection was made, or its handshake failed: an https URL
   *     whose scheme was only assumed may be tried by http
   */
  record Rejected(
      CrawlUrl url, String reason, int status, boolean unconnectable, Duration elapsed, Instant at)
      implements FetchOutcome {}

  /**
   * Failed for now: another attempt may succeed.
   *
   * @param reason one of {@link Reasons}
   * @param retryAfter how long the server asks to wait, at most an hour; empty where it did not ask
   * @param unconnectable as for {@link Rejected}
   * @param untaken whether the server has most likely not begun to work on the request, as the kept
   *     connection was dead: it needs no back-off, and gets a connection of its own
   */
  record Deferred(
      CrawlUrl url,
      String reason,
      int status,
      Optional<Duration> retryAfter,
      boolean unconnectable,
      boolean untaken,
      Duration elapsed,
      Instant at)
      implements FetchOutcome {}
}
