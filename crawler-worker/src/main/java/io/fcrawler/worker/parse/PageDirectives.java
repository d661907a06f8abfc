package io.fcrawler.worker.parse;

import com.google.common.base.Splitter;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;

/**
 * What a page tells robots of itself, by {@code meta} tags and {@code X-Robots-Tag} headers: to
 * all, or to this one. All that forbids something counts.
 *
 * @see <a
 *     href="https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag">Google,
 *     robots meta tag</a>
 */
final class PageDirectives {
  private static final String ALL = "robots";
  private static final Splitter LIST = Splitter.on(',').trimResults().omitEmptyStrings();
  private static final Splitter NAME = Splitter.on(':').trimResults().limit(2);

  /** Directives with a value, whose names are no crawler's. */
  private static final Set<String> WITH_VALUE =
      Set.of("unavailable_after", "max-snippet", "max-image-preview", "max-video-preview");

  private final String productToken;
  private boolean noindex;
  private boolean nofollow;

  /**
   * @param productToken by which this crawler is named, in lower case
   */
  PageDirectives(String productToken) {
    this.productToken = productToken;
  }

  /** Takes in a {@code meta} tag. */
  void meta(String name, String content) {
    String agent = name.strip().toLowerCase(Locale.ROOT);
    if (agent.equals(ALL) || agent.equals(productToken)) {
      LIST.split(content.toLowerCase(Locale.ROOT)).forEach(this::directive);
    }
  }

  /** Takes in an {@code X-Robots-Tag}, whose directives are for all until one names a crawler. */
  void header(String value) {
    boolean mine = true;
    for (String each : LIST.split(value.toLowerCase(Locale.ROOT))) {
      String directive = each;
      Iterator<String> parts = NAME.split(each).iterator();
      String name = parts.next();
      if (parts.hasNext() && isName(name)) {
        mine = name.equals(productToken) || name.equals(ALL) || name.equals("*");
        directive = parts.next();
      }
      if (mine) {
        directive(directive);
      }
    }
  }

  /** Not a directive with a value, nor the rest of a date after its comma. */
  private static boolean isName(String text) {
    return !WITH_VALUE.contains(text) && text.indexOf(' ') < 0;
  }

  private void directive(String word) {
    noindex |= word.equals("noindex") || word.equals("none");
    nofollow |= word.equals("nofollow") || word.equals("none");
  }

  boolean noindex() {
    return noindex;
  }

  boolean nofollow() {
    return nofollow;
  }
}
