package io.fcrawler.worker.parse;

import java.util.Iterator;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jsoup.parser.StreamParser;

/**
 * A page's tree, of no more nodes than there is memory for. A few bytes of markup may make
 * thousands of nodes, so that no bound on its length would do.
 *
 * @param cut whether the page goes on after what is in the tree
 */
record PageTree(Document document, boolean cut) {
  /** Bytes of an element with its list of children, of an attribute, of a text; measured. */
  private static final int ELEMENT = 150;

  private static final int ATTRIBUTE = 90;
  private static final int TEXT = 70;

  /**
   * Reads markup.
   *
   * @param tags most of them that are read
   * @param nodes bytes for nodes, as {@link PageCost} has them
   */
  static PageTree of(Parser parser, String markup, int tags, long nodes) {
    int end = 0;
    long found = 0;
    while ((end = markup.indexOf('<', end)) >= 0 && found < tags) {
      end++;
      found++;
    }
    boolean cut = end >= 0;
    String read = cut ? markup.substring(0, end) : markup;
    if (PageCost.atWorst(found, read.length()) <= nodes) {
      return new PageTree(parser.parseInput(read, ""), cut);
    }
    return bounded(parser, read, nodes, cut);
  }

  private static PageTree bounded(Parser parser, String markup, long nodes, boolean cut) {
    try (StreamParser stream = new StreamParser(parser).parse(markup, "")) {
      long left = nodes;
      Iterator<Element> elements = stream.iterator();
      while (left > 0 && elements.hasNext()) {
        left -= cost(elements.next());
      }
      return new PageTree(stream.document(), cut || left <= 0);
    }
  }

  private static long cost(Element element) {
    int texts = element.childNodeSize() > 0 ? TEXT : 0;
    return ELEMENT + texts + (long) ATTRIBUTE * element.attributesSize();
  }
}
