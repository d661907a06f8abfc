package io.fcrawler.worker.parse;

import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.HttpMeta;
import io.fcrawler.worker.link.LinkResolver;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/** The links of one page, each once, in order; bounded in number and in length together. */
final class PageLinks {
  private static final int MAX_LINKS = 100_000;
  private static final long MAX_CHARACTERS = 16 << 20;

  private final SequencedSet<CrawlUrl> links = new LinkedHashSet<>();
  private Optional<CrawlUrl> canonical = Optional.empty();
  private long characters;
  private boolean full;

  /** Adds what the headers name. */
  void addHeaders(HttpMeta meta, LinkResolver resolver) {
    for (String header : meta.links()) {
      LinkHeader.parse(header).forEach(link -> add(link, resolver));
    }
    meta.refresh().flatMap(MetaRefresh::target).ifPresent(target -> add(target, resolver));
  }

  private void add(LinkHeader link, LinkResolver resolver) {
    LinkRelation relation = LinkRelation.of(link.relation());
    if (relation.document()) {
      Optional<CrawlUrl> url = add(link.target(), resolver);
      canonical = relation.canonical() ? canonical.or(() -> url) : canonical;
    }
  }

  /** Adds a page's; its canonical URL counts more than one of its headers. */
  void addPage(PageReferences page, LinkResolver resolver) {
    for (String reference : page.all()) {
      add(reference, resolver);
    }
    Optional<CrawlUrl> headers = canonical;
    canonical = Optional.ofNullable(page.canonical()).flatMap(resolver::resolve).or(() -> headers);
  }

  private Optional<CrawlUrl> add(String reference, LinkResolver resolver) {
    if (full) {
      return Optional.empty();
    }
    Optional<CrawlUrl> url = resolver.resolve(reference);
    if (url.isPresent() && links.add(url.get())) {
      characters += url.get().value().length();
      if (links.size() > MAX_LINKS || characters > MAX_CHARACTERS) {
        links.removeLast();
        full = true;
      }
    }
    return url;
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
    return new ArrayList<>(links);
  }
}
