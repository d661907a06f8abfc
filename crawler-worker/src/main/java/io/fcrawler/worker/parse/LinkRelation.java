package io.fcrawler.worker.parse;

import java.util.Locale;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * What a link's relation, a list of words, says of its target.
 *
 * @param document whether it is another document
 * @param canonical whether it is this document's preferred URL
 */
record LinkRelation(boolean document, boolean canonical) {
  private static final Set<String> DOCUMENTS = Set.of("canonical", "next", "prev", "alternate");

  static LinkRelation of(String words) {
    boolean document = false;
    boolean canonical = false;
    boolean stylesheet = false;
    StringTokenizer each = new StringTokenizer(words);
    while (each.hasMoreTokens()) {
      String word = each.nextToken().toLowerCase(Locale.ROOT);
      document |= DOCUMENTS.contains(word);
      canonical |= word.equals("canonical");
      stylesheet |= word.equals("stylesheet"); // an alternate one is still a style
    }
    return new LinkRelation(document && !stylesheet, canonical);
  }
}
