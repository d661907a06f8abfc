package io.fcrawler.worker.parse;

import com.google.common.base.Splitter;
import java.util.Locale;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * What a link's relation, a list of words, says of its target.
 *
 * @param document whether it is another document
 * @param canonical whether it is this document's preferred URL
 * @see <a href="https://html.spec.whatwg.org/multipage/links.html#linkTypes">HTML, link types</a>
 *     (those that make a hyperlink of {@code link}), HTML 4.01 (section 6.12), and the <a
 *     href="https://www.iana.org/assignments/link-relations/">registry of RFC 8288</a>
 */
record LinkRelation(boolean document, boolean canonical) {
  private static final Set<String> DOCUMENTS =
      words(
          // HTML
          "alternate author canonical help license me next prev privacy-policy search",
          "terms-of-service",
          // HTML 4.01, and what browsers of its time took
          "appendix bookmark chapter contents copyright glossary home index previous section",
          "start subsection toc top",
          // the registry
          "about archives cite-as collection current describedby disclosure duplicate first item",
          "last latest-version memento next-archive original predecessor-version prev-archive",
          "related replies service-doc status successor-version tag up version-history via",
          "working-copy",
          // in wide use
          "amphtml shortlink");

  /** With one of these the target is a style or an image, whatever else it is. */
  private static final Set<String> RESOURCES =
      words(
          "apple-touch-icon apple-touch-icon-precomposed apple-touch-startup-image icon",
          "fluid-icon mask-icon manifest modulepreload stylesheet");

  static LinkRelation of(String words) {
    boolean document = false;
    boolean canonical = false;
    boolean resource = false;
    StringTokenizer each = new StringTokenizer(words);
    while (each.hasMoreTokens()) {
      String word = each.nextToken().toLowerCase(Locale.ROOT);
      document |= DOCUMENTS.contains(word);
      canonical |= word.equals("canonical");
      resource |= RESOURCES.contains(word); // an alternate stylesheet is still a style
    }
    return new LinkRelation(document && !resource, canonical);
  }

  private static Set<String> words(String... lines) {
    return Set.copyOf(Splitter.on(' ').splitToList(String.join(" ", lines)));
  }
}
