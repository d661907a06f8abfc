package io.fcrawler.worker.fetch;

import io.fcrawler.seed.BadInputException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the web is fetched.
 *
 * @param userAgent the User-Agent header; begins with the product token that robots.txt names
 * @param connectTimeout the most for a TCP connection, or for a name
 * @param readTimeout the most for the next bytes of an answer
 * @param callTimeout the most for a whole fetch
 * @param bodyLimit bytes of a decoded body that are kept
 * @param addresses which addresses may be connected to
 * @param overrides hosts with addresses of their own, instead of the system's
 * @param idleConnections most connections that are kept without a request under way
 * @param keepAlive how long they are kept
 * @param anyCertificate whether certificates are accepted that are expired, for other hosts, or
 *     signed by nobody that is trusted
 */
public record FetchSettings(
    String userAgent,
    Duration connectTimeout,
    Duration readTimeout,
    Duration callTimeout,
    int bodyLimit,
    AddressPolicy addresses,
    HostOverrides overrides,
    int idleConnections,
    Duration keepAlive,
    boolean anyCertificate) {
  private static final Pattern USER_AGENT =
      Pattern.compile("([A-Za-z0-9_-]+)(?:[/ ][\\x20-\\x7e]*)?");

  /** As crawlers name themselves that look like browsers. */
  private static final Pattern COMPATIBLE =
      Pattern.compile("Mozilla/[^(]*\\(compatible; ([A-Za-z0-9_-]+)[/;) ].*");

  public static final FetchSettings DEFAULT =
      new FetchSettings(
          "fcrawler/0.1.0",
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          10 << 20,
          AddressPolicy.PUBLIC_ONLY,
          HostOverrides.NONE,
          1024,
          Duration.ofSeconds(60),
          false);

  public FetchSettings {
    if (!USER_AGENT.matcher(userAgent).matches()) {
      throw new BadInputException(
          "FCRAWLER_USER_AGENT",
          "the user agent must begin with a product token of letters, digits, - and _, and be"
              + " printable ASCII, as in mycrawler/1.0 (+https://example.com/crawler)");
    }
  }

  /**
   * The part of the User-Agent by which robots.txt knows this crawler, in lower case: its first
   * word, or that after {@code Mozilla/5.0 (compatible;}.
   */
  public String productToken() {
    Matcher compatible = COMPATIBLE.matcher(userAgent);
    Matcher matcher = compatible.matches() ? compatible : USER_AGENT.matcher(userAgent);
    if (!matcher.matches()) {
      throw new IllegalStateException("unchecked user agent");
    }
    return matcher.group(1).toLowerCase(Locale.ROOT);
  }

  public FetchSettings withUserAgent(String other) {
    return new FetchSettings(
        other,
        connectTimeout,
        readTimeout,
        callTimeout,
        bodyLimit,
        addresses,
        overrides,
        idleConnections,
        keepAlive,
        anyCertificate);
  }

  public FetchSettings withTimeouts(Duration connect, Duration read, Duration call) {
    return new FetchSettings(
        userAgent,
        connect,
        read,
        call,
        bodyLimit,
        addresses,
        overrides,
        idleConnections,
        keepAlive,
        anyCertificate);
  }

  public FetchSettings withBodyLimit(int bytes) {
    return new FetchSettings(
        userAgent,
        connectTimeout,
        readTimeout,
        callTimeout,
        bytes,
        addresses,
        overrides,
        idleConnections,
        keepAlive,
        anyCertificate);
  }

  public FetchSettings withAddresses(AddressPolicy policy, HostOverrides hosts) {
    return new FetchSettings(
        userAgent,
        connectTimeout,
        readTimeout,
        callTimeout,
        bodyLimit,
        policy,
        hosts,
        idleConnections,
        keepAlive,
        anyCertificate);
  }

  public FetchSettings withAnyCertificate(boolean any) {
    return new FetchSettings(
        userAgent,
        connectTimeout,
        readTimeout,
        callTimeout,
        bodyLimit,
        addresses,
        overrides,
        idleConnections,
        keepAlive,
        any);
  }
}
