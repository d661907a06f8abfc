package io.fcrawler.worker.link;

import io.fcrawler.url.CrawlUrl;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The normal forms of URLs seen lately. The pages of a site repeat the same links, and normalising
 * costs more than all else that is done for a link. Each URL has one place in a table; the last one
 * there wins. Safe for concurrent use.
 */
public final class NormalForms {
  private static final int PLACES = 1 << 13;

  /** Longer URLs are rare, and would make the table's size depend on what pages hold. */
  private static final int MAX_LENGTH = 512;

  private final AtomicReferenceArray<@Nullable Known> table = new AtomicReferenceArray<>(PLACES);

  private record Known(String raw, Optional<CrawlUrl> url) {}

  /** What {@code normaliser} makes of a text; it makes the same of the same text always. */
  Optional<CrawlUrl> of(String raw, Function<String, Optional<CrawlUrl>> normaliser) {
    if (raw.length() > MAX_LENGTH) {
      return normaliser.apply(raw);
    }
    int hash = raw.hashCode();
    int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
    @Nullable Known known = table.get(place);
    if (known == null || !known.raw.equals(raw)) {
      known = new Known(raw, normaliser.apply(raw));
      table.set(place, known);
    }
    return known.url;
  }
}
