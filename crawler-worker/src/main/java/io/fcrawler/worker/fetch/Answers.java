package io.fcrawler.worker.fetch;

import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.FetchOutcome.Deferred;
import io.fcrawler.worker.fetch.FetchOutcome.Fetched;
import io.fcrawler.worker.fetch.FetchOutcome.Redirected;
import io.fcrawler.worker.fetch.FetchOutcome.Rejected;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.Response;

/** Makes outcomes of answers and of failures. */
final class Answers {
  private final int bodyLimit;
  private final Clock clock;

  Answers(int bodyLimit, Clock clock) {
    this.bodyLimit = bodyLimit;
    this.clock = clock;
  }

  /** The outcome of an answer; reads its body where that is wanted. */
  FetchOutcome answered(
      CrawlUrl url, CallLimit limit, Response response, CallTrace trace, Timer timer)
      throws IOException {
    int status = trace.status();
    return switch (status) {
      case 300 ->
          response.header("Location") == null
              ? fetched(url, limit, response, trace, timer)
              : redirected(url, status, response, timer);
      case 301, 302, 303, 307, 308 -> redirected(url, status, response, timer);
      case 101 -> rejected(url, Reasons.PROTOCOL_ERROR, status, false, timer);
      case 204, 304 -> empty(url, limit, response, trace, timer);
      case 408, 421, 425, 429 -> deferred(url, status, response, timer);
      default -> {
        if (status >= 200 && status < 400) {
          yield fetched(url, limit, response, trace, timer);
        }
        yield status >= 400 && status < 500
            ? rejected(url, Reasons.http(status), status, false, timer)
            : deferred(url, status, response, timer); // RFC 9110, section 15: others count as 5xx
      }
    };
  }

  /** The outcome of a call that threw. */
  FetchOutcome failed(CrawlUrl url, IOException e, boolean untaken, CallTrace trace, Timer timer) {
    if (e instanceof ProtocolException && (trace.status() == 204 || trace.status() == 205)) {
      return empty(url, trace, timer); // OkHttp minds that a body was announced
    }
    Failures.Failure failure = Failures.of(e, trace);
    if (!failure.passing() && !untaken) {
      return rejected(url, failure.reason(), trace.status(), failure.unconnectable(), timer);
    }
    return new Deferred(
        url,
        failure.reason(),
        trace.status(),
        Optional.empty(),
        failure.unconnectable(),
        untaken,
        timer.elapsed(),
        clock.instant());
  }

  Rejected rejected(CrawlUrl url, String reason, int status, boolean unconnectable, Timer timer) {
    return new Rejected(url, reason, status, unconnectable, timer.elapsed(), clock.instant());
  }

  private Fetched fetched(
      CrawlUrl url, CallLimit limit, Response response, CallTrace trace, Timer timer)
      throws IOException {
    BodyReader.Body body = BodyReader.read(response, bodyLimit, trace, limit);
    response.close();
    return new Fetched(
        url,
        trace.status(),
        meta(response.headers()).withLocations(locations(trace.status(), response.headers())),
        body.bytes(),
        body.truncated(),
        trace.bodyBytes(),
        timer.elapsed(),
        clock.instant());
  }

  /** An answer that ends with its header; OkHttp would read on where a body was announced. */
  private Fetched empty(
      CrawlUrl url, CallLimit limit, Response response, CallTrace trace, Timer timer) {
    boolean announced =
        response.header("Content-Length") != null || response.header("Transfer-Encoding") != null;
    if (announced) {
      limit.cancel();
    }
    return empty(url, trace, timer);
  }

  private Fetched empty(CrawlUrl url, CallTrace trace, Timer timer) {
    return new Fetched(
        url,
        trace.status(),
        meta(trace.headers()),
        new byte[0],
        false,
        0,
        timer.elapsed(),
        clock.instant());
  }

  private Redirected redirected(CrawlUrl url, int status, Response response, Timer timer) {
    return new Redirected(
        url,
        status,
        Optional.ofNullable(response.header("Location")),
        meta(response.headers()),
        timer.elapsed(),
        clock.instant());
  }

  private Deferred deferred(CrawlUrl url, int status, Response response, Timer timer) {
    Optional<Duration> wait = RetryAfter.parse(response.header("Retry-After"), clock.instant());
    return new Deferred(
        url, Reasons.http(status), status, wait, false, false, timer.elapsed(), clock.instant());
  }

  private static List<String> locations(int status, Headers headers) {
    List<String> locations = new ArrayList<>(headers.values("Content-Location"));
    if (status == HttpURLConnection.HTTP_CREATED) {
      locations.addAll(headers.values("Location"));
    }
    return locations;
  }

  private static HttpMeta meta(Headers headers) {
    return new HttpMeta(
        joined(headers, "Content-Type"),
        Optional.ofNullable(headers.get("Content-Language")),
        headers.values("Link"),
        Optional.ofNullable(headers.get("Refresh")),
        headers.values("X-Robots-Tag"));
  }

  /** All values of a field (RFC 9110, section 5.3). */
  private static Optional<String> joined(Headers headers, String name) {
    List<String> values = headers.values(name);
    return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
  }
}
