package io.fcrawler.worker.parse;

import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.HttpMeta;
import io.fcrawler.worker.link.LinkResolver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/** The links of one page, each once, in order; bounded in number and in length together. */
final class PageLinks {
  private static final int MAX_LINKS = 100_000;
  private static final long MAX_CHARACTERS = 16 << 20;

  /** Whether all that names a URL asks that it be not followed. */
  private final SequencedMap<CrawlUrl, Boolean> links = new LinkedHashMap<>();

  private Optional<CrawlUrl> canonical = Optional.empty();
  private long characters;
  private boolean full;

  /** Adds what the headers name. */
  void addHeaders(HttpMeta meta, LinkResolver resolver) {
    for (String header : meta.links()) {
      LinkHeader.parse(header).forEach(link -> add(link, resolver));
    }
    meta.refresh().flatMap(MetaRefresh::target).ifPresent(target -> add(target, false, resolver));
    meta.locations().forEach(location -> add(location, false, resolver));
  }

  private void add(LinkHeader link, LinkResolver resolver) {
    LinkRelation relation = LinkRelation.of(link.relation());
    if (relation.document() && MediaKind.mayBeDocument(link.type())) {
      Optional<CrawlUrl> url = add(link.target(), false, resolver);
      boolean preferred = relation.canonical() && link.anchor().isEmpty();
      canonical = preferred ? canonical.or(() -> url) : canonical;
    }
  }

  /** Adds a page's; its canonical URL counts more than one of its headers. */
  void addPage(PageReferences page, LinkResolver resolver) {
    addFramed(page, resolver);
    Optional<CrawlUrl> headers = canonical;
    canonical = Optional.ofNullable(page.canonical()).flatMap(resolver::resolve).or(() -> headers);
  }

  /** Adds those of a document that is written within a page. */
  void addFramed(PageReferences references, LinkResolver resolver) {
    references.all().forEach((reference, nofollow) -> add(reference, nofollow, resolver));
  }

  private Optional<CrawlUrl> add(String reference, boolean nofollow, LinkResolver resolver) {
    Optional<CrawlUrl> url = full ? Optional.empty() : resolver.resolve(reference);
    url.ifPresent(found -> add(found, nofollow));
    return url;
  }

  private void add(CrawlUrl url, boolean nofollow) {
    int before = links.size();
    links.merge(url, nofollow, Boolean::logicalAnd);
    if (links.size() > before) {
      characters += url.value().length();
      if (links.size() > MAX_LINKS || characters > MAX_CHARACTERS) {
        links.pollLastEntry();
        full = true;
      }
    }
  }

  /** The URL that the page prefers for itself. */
  Optional<CrawlUrl> canonical() {
    return canonical;
  }

  /** Whether a bound was met. */
  boolean isFull() {
    return full;
  }

  List<CrawlUrl> all() {
    return new ArrayList<>(links.keySet());
  }

  /** Those that are named only where it is asked that they be not followed. */
  Set<CrawlUrl> nofollow() {
    return links.entrySet().stream()
        .filter(Map.Entry::getValue)
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }
}
