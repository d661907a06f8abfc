package io.fcrawler.worker.parse;

import com.google.common.base.Splitter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an element means to the walk. */
enum ElementKind {
  /** Part of a line of text. */
  INLINE,
  /** Separates the text before it, in it and after it. */
  BLOCK,
  H1,
  H2,
  H3,
  H4,
  H5,
  H6,
  /** Has a link in {@code href}. */
  ANCHOR,
  /** Has a link in {@code src}. */
  FRAME,
  /** Its text is the markup of a document for who shows no frames. */
  NO_FRAMES,
  /** Shows what {@code data} names, or else its content. */
  OBJECT,
  /** Shows what {@code src} names. */
  EMBED,
  /** Has its source in {@code cite}, as a part of a line. */
  QUOTATION,
  /** The same, as a block. */
  BLOCK_QUOTATION,
  /** May have a long description elsewhere. */
  IMAGE,
  /** SVG's link, in {@code href} or in XLink's. */
  SVG_ANCHOR,
  /** A part of a formula, which may be a link as in SVG. */
  FORMULA,
  LINK,
  META,
  BASE,
  TITLE,
  HTML,
  /** Its text is not shown; elements in it have their meaning. */
  HIDDEN,
  /** Neither it nor what is in it counts, unless it declares a shadow tree. */
  INERT;

  private static final Map<String, ElementKind> BY_NAME = byName();

  /** The kind of an element of HTML, by its name in lower case. */
  static ElementKind of(String name) {
    return BY_NAME.getOrDefault(name, INLINE);
  }

  /** 1 to 6 for headings, 0 for others. */
  int headingLevel() {
    return switch (this) {
      case H1 -> 1;
      case H2 -> 2;
      case H3 -> 3;
      case H4 -> 4;
      case H5 -> 5;
      case H6 -> 6;
      default -> 0;
    };
  }

  /** Whether words do not go on across its border. */
  boolean separates() {
    return switch (this) {
      case INLINE, ANCHOR, QUOTATION, SVG_ANCHOR, FORMULA -> false;
      default -> true;
    };
  }

  private static Map<String, ElementKind> byName() {
    Map<String, ElementKind> kinds = new HashMap<>();
    put(kinds, BLOCK, "address article aside body br button caption center dd details");
    put(kinds, BLOCK, "dialog dir div dl dt fieldset figcaption figure footer form frameset");
    put(kinds, BLOCK, "header hgroup hr input legend li listing main menu nav ol optgroup");
    put(
        kinds,
        BLOCK,
        "option p plaintext pre search section select summary table tbody td textarea");
    put(kinds, BLOCK, "tfoot th thead tr ul xmp");
    put(kinds, HIDDEN, "audio canvas datalist head noembed noscript script style");
    put(kinds, HIDDEN, "video");
    put(kinds, ANCHOR, "a area");
    put(kinds, NO_FRAMES, "noframes");
    put(kinds, FRAME, "fencedframe frame iframe portal");
    put(kinds, OBJECT, "object");
    put(kinds, EMBED, "embed");
    put(kinds, QUOTATION, "del ins q");
    put(kinds, BLOCK_QUOTATION, "blockquote");
    put(kinds, IMAGE, "img");
    put(kinds, INERT, "template");
    put(kinds, LINK, "link");
    put(kinds, META, "meta");
    put(kinds, BASE, "base");
    put(kinds, TITLE, "title");
    put(kinds, HTML, "html");
    for (ElementKind heading : List.of(H1, H2, H3, H4, H5, H6)) {
      kinds.put("h" + heading.headingLevel(), heading);
    }
    return kinds;
  }

  private static void put(Map<String, ElementKind> kinds, ElementKind kind, String names) {
    for (String name : Splitter.on(' ').split(names)) {
      kinds.put(name, kind);
    }
  }
}
