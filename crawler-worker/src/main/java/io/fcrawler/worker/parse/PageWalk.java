package io.fcrawler.worker.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/**
 * One walk over a page's tree, which collects all that there is to know of the page. It keeps the
 * open elements itself: this takes half the time of jsoup's traversal.
 */
final class PageWalk {
  static final int MAX_TEXT = 512 << 10;

  private static final int NONE = OpenElements.NONE;
  private static final int MAX_TITLE = 1000;
  private static final int MAX_DESCRIPTION = 5000;
  private static final int MAX_HEADING = 1000;
  private static final int MAX_HEADINGS = 1000;
  private static final int MAX_LANGUAGE = 64;

  private final PageReferences references;
  private final PageDirectives directives;
  private final NormalText text = new NormalText(MAX_TEXT);
  private final NormalText title = new NormalText(MAX_TITLE);
  private final NormalText description = new NormalText(MAX_DESCRIPTION);
  private final List<Heading> headings = new ArrayList<>();
  private final boolean xml;
  private String language = "";

  private final OpenElements open = new OpenElements();

  /** Depths of the outermost open elements of a kind. */
  private int hidden = NONE;

  private int titled = NONE;
  private int headed = NONE;
  private int shadow = NONE;
  private NormalText heading = new NormalText(MAX_HEADING);

  /**
   * A walk.
   *
   * @param references takes those that are found
   * @param directives takes those to robots
   * @param xml whether the page was parsed as XML, where names have prefixes
   */
  PageWalk(PageReferences references, PageDirectives directives, boolean xml) {
    this.references = references;
    this.directives = directives;
    this.xml = xml;
  }

  String title() {
    return title.toString();
  }

  String description() {
    return description.toString();
  }

  /** The page's language; empty where it says none. */
  String language() {
    return language;
  }

  List<Heading> headings() {
    return headings;
  }

  NormalText text() {
    return text;
  }

  void over(Document document) {
    open.push(document, Vocabulary.HTML, ElementKind.BLOCK);
    while (open.depth() > NONE) {
      @Nullable Node child = open.nextChild();
      if (child == null) {
        leave(open.kind());
        open.pop();
      } else if (child instanceof TextNode words) {
        append(words.getWholeText());
      } else if (child instanceof Element inner) {
        enter(inner);
      }
    }
  }

  private void enter(Element element) {
    String name = name(element);
    Vocabulary vocabulary = vocabulary(element, name);
    ElementKind kind = vocabulary.kind(name);
    if (kind.separates()) {
      breakWord();
    }
    if (kind == ElementKind.INERT && !(vocabulary == Vocabulary.HTML && isShadowRoot(element))) {
      return;
    }
    open.push(element, vocabulary, kind);
    take(element, kind);
    if (hidden == NONE && vocabulary == Vocabulary.HTML && element.hasAttr("hidden")) {
      hide();
    }
  }

  /** In lower case, without prefix. */
  private String name(Element element) {
    String name = element.normalName();
    int colon = xml ? name.indexOf(':') : NONE;
    return colon == NONE ? name : name.substring(colon + 1);
  }

  /** By the parser, but in {@code noscript}, where jsoup takes every element for one of HTML. */
  private Vocabulary vocabulary(Element element, String name) {
    Vocabulary told = Vocabulary.of(element.tag().namespace());
    if (xml || told != Vocabulary.HTML) {
      return told;
    }
    Vocabulary around = open.vocabulary();
    boolean html = around == Vocabulary.HTML || around.embedsHtml(name(open.element()));
    return html ? Vocabulary.begunBy(name) : around;
  }

  /** Whether a template declares a shadow tree, which is shown. */
  private static boolean isShadowRoot(Element template) {
    String mode = template.attr("shadowrootmode");
    return mode.equalsIgnoreCase("open") || mode.equalsIgnoreCase("closed");
  }

  private void take(Element element, ElementKind kind) {
    switch (kind) {
      case INLINE, BLOCK -> {}
      case INERT -> shadow = shadow == NONE ? open.depth() : shadow;
      case H1, H2, H3, H4, H5, H6 -> openHeading();
      case ANCHOR -> references.anchor(element);
      case SVG_ANCHOR, FORMULA -> references.foreignAnchor(element);
      case FRAME -> frame(element);
      case NO_FRAMES -> {
        references.framed(element.data());
        hide();
      }
      case OBJECT -> references.embedded(element, "data");
      case EMBED -> {
        references.embedded(element, "src");
        hide();
      }
      case QUOTATION, BLOCK_QUOTATION -> references.citation(element);
      case IMAGE -> references.description(element);
      case LINK -> references.link(element);
      case META -> meta(element);
      case BASE -> base(element);
      case TITLE -> openTitle();
      case HTML -> language(element);
      case HIDDEN -> hide();
    }
  }

  private void frame(Element element) {
    references.frame(element);
    hide();
  }

  /** Takes one of the document: a shadow tree is another tree (HTML, 2.4.3). */
  private void base(Element element) {
    if (shadow == NONE) {
      references.base(element);
    }
  }

  private void leave(ElementKind kind) {
    if (kind.separates()) {
      breakWord();
    }
    int depth = open.depth();
    if (headed == depth) {
      closeHeading(kind.headingLevel());
    }
    titled = titled == depth ? NONE : titled;
    hidden = hidden == depth ? NONE : hidden;
    shadow = shadow == depth ? NONE : shadow;
  }

  private void append(String words) {
    if (hidden == NONE) {
      text.append(words);
      if (headed != NONE) {
        heading.append(words);
      }
    } else if (titled != NONE) {
      title.append(words);
    }
  }

  private void breakWord() {
    text.breakWord();
    heading.breakWord();
  }

  private void hide() {
    hidden = hidden == NONE ? open.depth() : hidden;
  }

  private void openHeading() {
    headed = headed == NONE ? open.depth() : headed;
  }

  private void closeHeading(int level) {
    if (heading.words() > 0) {
      if (headings.size() < MAX_HEADINGS) {
        headings.add(new Heading(level, heading.toString()));
      }
      heading = new NormalText(MAX_HEADING);
    }
    headed = NONE;
  }

  /** Takes the document's first title with words. */
  private void openTitle() {
    hide();
    if (titled == NONE && title.words() == 0 && shadow == NONE) {
      titled = open.depth();
    }
  }

  private void language(Element element) {
    if (language.isEmpty()) {
      String lang = element.attr("lang");
      setLanguage(lang.isEmpty() ? element.attr("xml:lang") : lang);
    }
  }

  /** Takes the first of a list of language tags. */
  void setLanguage(String list) {
    int comma = list.indexOf(',');
    String first = (comma < 0 ? list : list.substring(0, comma)).strip();
    language = first.length() <= MAX_LANGUAGE ? first : "";
  }

  private void meta(Element element) {
    String content = element.attr("content");
    String name = element.attr("name");
    directives.meta(name, content);
    if (name.strip().equalsIgnoreCase("description")) {
      if (description.words() == 0) {
        description.append(content);
      }
      return;
    }
    switch (element.attr("http-equiv").toLowerCase(Locale.ROOT)) {
      case "refresh" -> refresh(content);
      case "content-language" -> {
        if (language.isEmpty()) {
          setLanguage(content);
        }
      }
      default -> {}
    }
  }

  /** Takes one of the document: those of shadow trees have no effect (HTML, 4.2.5.3). */
  private void refresh(String content) {
    if (shadow == NONE) {
      MetaRefresh.target(content).ifPresent(references::add);
    }
  }
}
