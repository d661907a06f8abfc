package io.fcrawler.http;

import com.google.common.net.InetAddresses;
import io.fcrawler.config.Env;
import io.fcrawler.config.ListenSettings;
import io.fcrawler.url.CrawlUrl;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.HttpResponseException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Refuses what a browser sends for a page of another site. No password protects this server, so a
 * page must neither change anything here (cross-site requests) nor read anything under a name of
 * its own that it has made point here (DNS rebinding).
 *
 * <p>A name that an attacker controls has a dot. So a Host is accepted that is an IP address, a
 * name without a dot, such as {@code localhost} or a container's, or a name that is listed.
 */
final class ForeignRequests {
  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  /** Values of Sec-Fetch-Site of a page of this server, and of a person. */
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  private final Set<String> names;

  ForeignRequests(Set<String> names) {
    this.names = names;
  }

  /** Throws for a foreign Host 421 (RFC 9110, section 7.4), for a foreign page 403. */
  void check(Context context) {
    List<String> hosts = headers(context, "Host"); // a target that names another is a 400 before
    hosts.forEach(this::checkHost);
    if (!SAFE_METHODS.contains(context.req().getMethod())) {
      headers(context, "Origin").forEach(origin -> checkOrigin(origin, hosts));
      headers(context, "Sec-Fetch-Site").forEach(ForeignRequests::checkSite);
    }
  }

  private void checkHost(String host) {
    boolean isOwn = host.isEmpty() || ListenSettings.host(host).filter(this::isOwn).isPresent();
    if (!isOwn) {
      throw new HttpResponseException(
          HttpStatus.MISDIRECTED_REQUEST_421,
          "This server does not answer for the host %s; address it by an IP address, or list the"
                  .formatted(Env.quoted(host))
              + " name in FCRAWLER_ALLOW_HOSTS.",
          Map.of());
    }
  }

  private boolean isOwn(String host) {
    return host.indexOf('.') < 0 || names.contains(host) || InetAddresses.isUriInetAddress(host);
  }

  /** A listed name is own whatever Host a proxy puts in its place. */
  private void checkOrigin(String origin, List<String> hosts) {
    Optional<CrawlUrl> page = CrawlUrl.parse(origin);
    boolean isOwn =
        page.isPresent()
            && (names.contains(page.get().host())
                || hosts.stream().anyMatch(host -> isAt(page.get(), host)));
    if (!isOwn) {
      throw foreign("Origin", origin);
    }
  }

  private static boolean isAt(CrawlUrl page, String host) {
    return CrawlUrl.parse(page.scheme() + "://" + host)
        .filter(own -> own.authority().equals(page.authority()))
        .isPresent();
  }

  private static void checkSite(String site) {
    if (!OWN_SITES.contains(site)) {
      throw foreign("Sec-Fetch-Site", site);
    }
  }

  private static ForbiddenResponse foreign(String header, String value) {
    return new ForbiddenResponse(
        "A page of another site may change nothing here (%s: %s)."
            .formatted(header, Env.quoted(value)));
  }

  private static List<String> headers(Context context, String name) {
    return Collections.list(context.req().getHeaders(name));
  }
}
