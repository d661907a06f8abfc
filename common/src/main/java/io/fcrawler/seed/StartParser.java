package io.fcrawler.seed;

import io.fcrawler.url.CrawlUrl;
import io.fcrawler.url.MalformedUrlException;
import java.util.regex.Pattern;

/**
 * Understands what a user submits: a domain, {@code host:port}, or a URL, whose path is then the
 * start page.
 */
public final class StartParser {
  private static final String EXAMPLES =
      "give one such as example.com, 127.0.0.1:8080 or https://example.com/docs/";
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*");
  private static final Pattern HALF_A_SCHEME = Pattern.compile("(?i)https?:[^0-9].*|https?:");

  /** A host with dots, before an empty port, is more likely meant to be one. */
  private static final Pattern OTHER_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+-]*:/.*");

  /**
   * Hosts that no site has: a part without a letter or digit, or a last one with a hyphen at an
   * end. Elsewhere hyphens at an end and underscores are taken, as by the DNS (RFC 2181, section
   * 11) and by browsers, since sites use them, against RFC 1123 (section 2.1).
   */
  private static final Pattern NO_SITE = Pattern.compile("(.*\\.)?([-_]+(\\..*)?|-[^.]*|[^.]*-)");

  private static final int HTTP_PORT = CrawlUrl.defaultPort("http");
  private static final int HTTPS_PORT = CrawlUrl.defaultPort("https");

  private final String field;

  private StartParser(String field) {
    this.field = field;
  }

  /**
   * The seed and the start page that {@code domain} means.
   *
   * @throws BadInputException for the field {@code domain}
   */
  public static Start parse(String domain) {
    return new StartParser("domain").read(domain.strip());
  }

  /**
   * The seed that {@code text} means, in any spelling that may be submitted.
   *
   * @throws BadInputException for the field {@code seed}
   */
  public static Seed seed(String text) {
    return new StartParser("seed").read(text.strip()).seed();
  }

  private Start read(String text) {
    if (text.isEmpty()) {
      throw bad("is empty; " + EXAMPLES);
    }
    if (text.codePoints().anyMatch(StartParser::blank)) {
      throw bad("has white space or control characters in it; " + EXAMPLES);
    }
    if (HALF_A_SCHEME.matcher(text).matches() && !SCHEME.matcher(text).matches()) {
      throw bad("has a scheme without // after it; " + EXAMPLES);
    }
    if (OTHER_SCHEME.matcher(text).matches() && !SCHEME.matcher(text).matches()) {
      throw bad("is neither an http nor an https URL; only these are crawled");
    }
    try {
      Start start = SCHEME.matcher(text).matches() ? ofUrl(text) : ofAuthority(text);
      return checked(start);
    } catch (MalformedUrlException e) {
      throw bad(String.valueOf(e.getMessage()));
    }
  }

  private static boolean blank(int codePoint) {
    return Character.isWhitespace(codePoint)
        || Character.isSpaceChar(codePoint)
        || Character.isISOControl(codePoint);
  }

  private static Start ofUrl(String text) throws MalformedUrlException {
    return start(CrawlUrl.of(text), false);
  }

  /** A standard port stands for its scheme; any other, or none, for https and then http. */
  private static Start ofAuthority(String text) throws MalformedUrlException {
    CrawlUrl https = CrawlUrl.of("https://" + text);
    CrawlUrl http = CrawlUrl.of("http://" + text);
    if (https.port() == HTTP_PORT) {
      return start(http, false);
    }
    return start(https, http.port() != HTTPS_PORT);
  }

  private static Start start(CrawlUrl url, boolean tryHttp) {
    return new Start(new Seed(url.authority()), url, tryHttp);
  }

  private Start checked(Start start) {
    CrawlUrl url = start.url();
    if (NO_SITE.matcher(url.host()).matches()) {
      throw bad(
          "has a host with only hyphens between dots, or a hyphen at an end of its last part; "
              + EXAMPLES);
    }
    int others = url.scheme().equals("http") ? HTTPS_PORT : HTTP_PORT;
    if (url.port() == others) {
      // Such a seed could not be told from the same host without a port, of the other scheme.
      throw bad("has " + url.scheme() + " with port " + others + "; leave out scheme or port");
    }
    if (url.tooLong()) {
      throw bad(
          "is a URL of %d characters; at most %d are right"
              .formatted(url.value().length(), CrawlUrl.MAX_LENGTH));
    }
    return start;
  }

  private BadInputException bad(String what) {
    return new BadInputException(field, field + " " + what);
  }
}
