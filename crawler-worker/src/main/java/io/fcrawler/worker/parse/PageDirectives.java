package io.fcrawler.worker.parse;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  /**
   * A word, with the sign that gives it a value. Lists are written with commas, but also with
   * blanks and other signs. What stands between the digits of a time is no such sign.
   */
  private static final Pattern WORD = Pattern.compile("([\\p{L}\\p{N}_.*-]+)(\\h*+[:=](?!\\d))?");

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
      boolean value = false;
      for (Matcher word = words(content); word.find(); ) {
        if (!value) {
          directive(word);
        }
        value = word.group(2) != null;
      }
    }
  }

  /** Takes in an {@code X-Robots-Tag}, whose directives are for all until one names a crawler. */
  void header(String value) {
    boolean mine = true;
    boolean given = false;
    for (Matcher word = words(value); word.find(); ) {
      String name = word.group(1);
      boolean named = word.group(2) != null;
      if (named && !WITH_VALUE.contains(name)) {
        mine = name.equals(productToken) || name.equals(ALL) || name.equals("*");
      } else if (mine && !given) {
        directive(word);
      }
      given = named && WITH_VALUE.contains(name);
    }
  }

  private static Matcher words(String list) {
    return WORD.matcher(list.toLowerCase(Locale.ROOT));
  }

  /** Takes in a word that has no value. */
  private void directive(Matcher found) {
    if (found.group(2) == null) {
      directive(found.group(1));
    }
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
