package io.fcrawler.worker.parse;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * The references to documents that a page makes, as they are written and each once: a {@code base}
 * may come after them, and pages repeat them.
 */
final class PageReferences {
  private static final int MAX_REFERENCES = 100_000;
  private static final int MAX_FRAMES = 100;

  private final Set<String> all = new LinkedHashSet<>();
  private final List<String> framed = new ArrayList<>();
  private @Nullable String base;
  private @Nullable String canonical;
  private boolean full;

  /** In the order of the page. */
  Set<String> all() {
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
    if (all.size() < MAX_REFERENCES) {
      all.add(reference);
    } else {
      full |= !all.contains(reference);
    }
  }

  void anchor(Element element) {
    if (!add(element, "href")) {
      add(element, "xlink:href");
    }
  }

  void frame(Element element) {
    add(element, "src");
    String markup = element.attr("srcdoc");
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
    boolean added = relation.document() && add(element, "href");
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
  private boolean add(Element element, String attribute) {
    String reference = element.attributes().get(attribute);
    if (reference.isEmpty() && !element.hasAttr(attribute)) {
      return false;
    }
    add(reference);
    return true;
  }
}
