package io.fcrawler.worker.parse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * The references to documents that a page makes, as they are written and each once: a {@code base}
 * may come after them, and pages repeat them.
 */
final class PageReferences {
  private static final int MAX_REFERENCES = 100_000;
  private static final int MAX_FRAMES = 100;

  private final Map<String, Boolean> all = new LinkedHashMap<>();
  private final List<String> framed = new ArrayList<>();
  private @Nullable String base;
  private @Nullable String canonical;
  private boolean full;

  /** In the order of the page; whether all holders of a reference ask that it be not followed. */
  Map<String, Boolean> all() {
    return all;
  }

  /** The markup of frames whose documents are written within the page. */
  List<String> framed() {
    return framed;
  }

  /** What they are relative to, where the page says so; itself relative to the page. */
  @Nullable String base() {
    return base;
  }

  /** The page's preferred URL. */
  @Nullable String canonical() {
    return canonical;
  }

  /** Whether there were more than are kept. */
  boolean isFull() {
    return full;
  }

  void add(String reference) {
    add(reference, false);
  }

  private void add(String reference, boolean nofollow) {
    if (all.size() < MAX_REFERENCES || all.containsKey(reference)) {
      all.merge(reference, nofollow, Boolean::logicalAnd);
    } else {
      full = true;
    }
  }

  /** Adds what an element of HTML links to. */
  void anchor(Element element) {
    add(element, "href", isNofollow(element.attr("rel")));
  }

  /** Adds what an element of SVG or MathML links to. */
  void foreignAnchor(Element element) {
    boolean nofollow = isNofollow(element.attr("rel"));
    if (!add(element, "href", nofollow)) {
      add(element, "xlink:href", nofollow);
    }
  }

  private static boolean isNofollow(String rel) {
    StringTokenizer words = new StringTokenizer(rel, " \t\n\f\r,;"); // commas, as Google has it
    while (words.hasMoreTokens()) {
      if (words.nextToken().equalsIgnoreCase("nofollow")) {
        return true;
      }
    }
    return false;
  }

  /** Adds the source of a quotation, or the reason of a change. */
  void citation(Element element) {
    add(element, "cite", false);
  }

  /** Adds a picture's description, which may be as long as a page. */
  void description(Element element) {
    add(element, "longdesc", false);
  }

  /** Adds what is shown in place of the element, where that is a document. */
  void embedded(Element element, String attribute) {
    String reference = element.attr(attribute);
    boolean plugin = element.hasAttr("classid");
    if (!plugin && MediaKind.mayBeDocument(element.attr("type"), reference)) {
      add(element, attribute, false);
    }
  }

  /** Adds a frame's document: the markup of {@code srcdoc}, where it has that, else the source. */
  void frame(Element element) {
    if (element.normalName().endsWith("iframe") && element.hasAttr("srcdoc")) {
      framed(element.attr("srcdoc"));
    } else {
      add(element, "src", false);
    }
    description(element);
  }

  /** Adds the markup of a document within the page. */
  void framed(String markup) {
    if (!markup.isEmpty() && framed.size() < MAX_FRAMES) {
      framed.add(markup);
    }
  }

  void link(Element element) {
    String rel = element.attr("rel");
    if (rel.isEmpty()) {
      return;
    }
    LinkRelation relation = LinkRelation.of(rel);
    boolean added =
        relation.document()
            && MediaKind.mayBeDocument(element.attr("type"))
            && add(element, "href", false);
    if (added && relation.canonical() && canonical == null) {
      canonical = element.attr("href");
    }
  }

  void base(Element element) {
    if (base == null && element.hasAttr("href")) {
      base = element.attr("href");
    }
  }

  /** Adds an attribute's reference; false where there is no such attribute. */
  private boolean add(Element element, String attribute, boolean nofollow) {
    String reference = element.attributes().get(attribute);
    if (reference.isEmpty() && !element.hasAttr(attribute)) {
      return false;
    }
    add(reference, nofollow);
    return true;
  }
}
