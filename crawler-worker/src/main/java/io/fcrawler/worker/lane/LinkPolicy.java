package io.fcrawler.worker.lane;

import com.google.re2j.Pattern;
import io.fcrawler.lane.Lane;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.Entry;
import io.fcrawler.store.Exclusion;
import io.fcrawler.store.Link;
import io.fcrawler.url.CrawlUrl;
import io.fcrawler.url.Fingerprinter;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Makes links of URLs in scope: where each is queued, or why it is kept out. */
final class LinkPolicy {
  /** The longest chain of redirects that is followed. */
  private static final int MAX_REDIRECTS = 20;

  private final Fingerprinter fingerprinter;
  private final CrawlOptions options;
  private final List<Pattern> include;
  private final List<Pattern> exclude;

  LinkPolicy(CrawlRef crawl, CrawlOptions options) {
    this.fingerprinter = new Fingerprinter(crawl.crawlId().uuid());
    this.options = options;
    this.include = options.include().stream().map(Pattern::compile).toList();
    this.exclude = options.exclude().stream().map(Pattern::compile).toList();
  }

  /**
   * A link that stands on a page.
   *
   * @param nofollow whether the page asks that it be not followed
   * @param robots what robots.txt allows, as far as it is known for the URL's host
   */
  Link link(CrawlUrl url, Entry page, boolean nofollow, Predicate<CrawlUrl> robots) {
    long fingerprint = fingerprinter.fingerprint(url.value());
    Optional<String> exclusion =
        exclusion(url, page.depth() + 1, robots)
            .or(() -> nofollow ? Optional.of(Exclusion.NOFOLLOW) : Optional.empty());
    Entry entry = Entry.link(fingerprint, listed(url, fingerprint), page.depth() + 1, page.url());
    return new Link(entry, lane(url, fingerprint), exclusion);
  }

  /** The target of a redirect: as deep as its source. */
  Link redirect(CrawlUrl url, Entry from, Predicate<CrawlUrl> robots) {
    long fingerprint = fingerprinter.fingerprint(url.value());
    boolean tooMany = from.redirects() >= MAX_REDIRECTS;
    Optional<String> exclusion =
        tooMany ? Optional.of(Exclusion.REDIRECT_LIMIT) : exclusion(url, from.depth(), robots);
    Entry entry =
        new Entry(
            fingerprint,
            listed(url, fingerprint),
            from.depth(),
            from.redirects() + 1,
            0,
            0,
            from.start(),
            false,
            from.url());
    return new Link(entry, lane(url, fingerprint), exclusion);
  }

  /** The http form of a start page that was given without a scheme. */
  Link start(CrawlUrl url) {
    long fingerprint = fingerprinter.fingerprint(url.value());
    return new Link(
        Entry.start(fingerprint, url.value(), false), lane(url, fingerprint), Optional.empty());
  }

  private Lane lane(CrawlUrl url, long fingerprint) {
    return Lane.of(url.host(), fingerprint, options.connectionsPerHost());
  }

  private Optional<String> exclusion(CrawlUrl url, int depth, Predicate<CrawlUrl> robots) {
    if (url.tooLong()) {
      return Optional.of(Exclusion.URL_LENGTH);
    } else if (options.maxDepth() != CrawlOptions.UNLIMITED && depth > options.maxDepth()) {
      return Optional.of(Exclusion.MAX_DEPTH);
    } else if (!matches(url)) {
      return Optional.of(Exclusion.PATTERN);
    }
    return robots.test(url) ? Optional.empty() : Optional.of(Exclusion.ROBOTS);
  }

  private boolean matches(CrawlUrl url) {
    if (include.isEmpty() && exclude.isEmpty()) {
      return true;
    }
    String readable = url.readable();
    return (include.isEmpty() || anyFinds(include, url.value(), readable))
        && !anyFinds(exclude, url.value(), readable);
  }

  /** Whether a pattern matches the URL in one of its forms. */
  private static boolean anyFinds(List<Pattern> patterns, String url, String readable) {
    boolean same = url.equals(readable);
    for (Pattern pattern : patterns) {
      if (pattern.matcher(url).find() || (!same && pattern.matcher(readable).find())) {
        return true;
      }
    }
    return false;
  }

  /** The URL as it is listed: one that is too long is cut, and told from its like. */
  private static String listed(CrawlUrl url, long fingerprint) {
    return url.tooLong()
        ? url.value().substring(0, CrawlUrl.MAX_LENGTH)
            + "[cut:"
            + Long.toHexString(fingerprint)
            + "]"
        : url.value();
  }
}
