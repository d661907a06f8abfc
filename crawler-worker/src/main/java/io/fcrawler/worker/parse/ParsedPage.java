package io.fcrawler.worker.parse;

import io.fcrawler.url.CrawlUrl;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What was read of an answer. Of one that is no HTML, the links of its headers alone.
 *
 * @param html whether it was read as HTML or XHTML
 * @param title with single spaces; empty where there is none
 * @param description that the page gives of itself; empty where there is none
 * @param canonical the URL that the page prefers for itself
 * @param language a tag as in RFC 5646, unchecked; empty where none is given
 * @param headings in the order of the page
 * @param text that a browser shows, with single spaces, up to a limit
 * @param textTruncated whether that limit was met
 * @param wordCount words of the whole text
 * @param links to other documents, each once, those of the headers first, in the order of the page
 * @param nofollowLinks those of the links which stand on the page only where {@code rel} says
 *     {@code nofollow}
 * @param noindex whether it asks to be in no index
 * @param nofollow whether it asks that its links be not followed
 * @param truncated whether the page had more links or tags than are read
 */
public record ParsedPage(
    boolean html,
    String title,
    String description,
    Optional<CrawlUrl> canonical,
    String language,
    List<Heading> headings,
    String text,
    boolean textTruncated,
    int wordCount,
    List<CrawlUrl> links,
    Set<CrawlUrl> nofollowLinks,
    boolean noindex,
    boolean nofollow,
    boolean truncated) {
  public ParsedPage {
    headings = List.copyOf(headings);
    links = List.copyOf(links);
    nofollowLinks = Set.copyOf(nofollowLinks);
  }
}
