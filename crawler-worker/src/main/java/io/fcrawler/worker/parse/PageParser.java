package io.fcrawler.worker.parse;

import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.HttpMeta;
import io.fcrawler.worker.link.LinkResolver;
import io.fcrawler.worker.link.NormalForms;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jsoup.parser.Parser;
import org.jsoup.parser.Tag;

/** Reads answers by jsoup. Safe for concurrent use. */
public final class PageParser {
  /** Tags and comments of a page that are read. */
  private static final int MAX_TAGS = 800_000;

  private static final long MOST_NODES = 128 << 20;

  /** How deep frames within frames are read. */
  private static final int MAX_NESTING = 3;

  private final String productToken;
  private final NormalForms normalForms = new NormalForms();

  /**
   * A parser of one crawler.
   *
   * @param productToken the name by which pages know it, in lower case
   */
  public PageParser(String productToken) {
    this.productToken = productToken;
  }

  /**
   * Reads an answer.
   *
   * @param url under which it was fetched
   * @param meta its headers
   * @param body decoded, and perhaps cut
   */
  public ParsedPage parse(CrawlUrl url, HttpMeta meta, byte[] body) {
    return parse(url, meta, body, MOST_NODES);
  }

  /**
   * The same in bounded memory.
   *
   * @param nodes bytes for nodes of the page's tree, as {@link PageCost} has them
   */
  public ParsedPage parse(CrawlUrl url, HttpMeta meta, byte[] body, long nodes) {
    ContentKind kind = ContentKind.of(meta.contentType(), body);
    PageReferences references = new PageReferences();
    PageDirectives directives = new PageDirectives(productToken);
    meta.robotsTags().forEach(directives::header);
    PageWalk walk = new PageWalk(references, directives, kind == ContentKind.XHTML);
    PageLinks links = new PageLinks();
    links.addHeaders(meta, new LinkResolver(url, StandardCharsets.UTF_8, normalForms));
    boolean cut = false;
    if (kind != ContentKind.OTHER) {
      PageText page = PageText.of(body, meta.contentType(), kind);
      cut = walk(walk, page.markup(), kind, nodes);
      LinkResolver base = base(url, references, page.charset());
      links.addPage(references, base);
      cut |= addFramed(links, references, base, page.charset(), nodes, MAX_NESTING);
    }
    if (walk.language().isEmpty()) {
      walk.setLanguage(meta.contentLanguage().orElse(""));
    }
    return page(kind, walk, links, directives, cut || references.isFull());
  }

  private static ParsedPage page(
      ContentKind kind, PageWalk walk, PageLinks links, PageDirectives directives, boolean cut) {
    return new ParsedPage(
        kind != ContentKind.OTHER,
        walk.title(),
        walk.description(),
        links.canonical(),
        walk.language(),
        walk.headings(),
        walk.text().toString(),
        walk.text().isTruncated(),
        walk.text().words(),
        links.all(),
        links.nofollow(),
        directives.noindex(),
        directives.nofollow(),
        cut || links.isFull());
  }

  /** Walks over a page; tells whether its markup had to be cut. */
  private static boolean walk(PageWalk walk, String markup, ContentKind kind, long nodes) {
    Parser parser = kind == ContentKind.XHTML ? Parser.xmlParser() : htmlParser();
    PageTree tree = PageTree.of(parser, markup, MAX_TAGS, nodes);
    walk.over(tree.document());
    return tree.cut();
  }

  /** jsoup's parser, without text states outside of HTML: the standard has none (13.2.6.5). */
  private static Parser htmlParser() {
    Parser parser = Parser.htmlParser();
    parser
        .tagSet()
        .onNewTag(tag -> {
          if (!tag.namespace().equals(Parser.NamespaceHtml)) {
            tag.clear(Tag.Data | Tag.RcData);
          }
        });
    return parser;
  }

  /**
   * Adds the links of documents that are written within frames, and of frames in these; tells
   * whether some had to be left out. What they say to robots is not asked: the page speaks for
   * them.
   *
   * @param outer what the references of the page around them are relative to, and theirs too where
   *     they have no base of their own
   */
  private boolean addFramed(
      PageLinks links,
      PageReferences page,
      LinkResolver outer,
      Charset charset,
      long nodes,
      int nesting) {
    boolean cut = false;
    for (String markup : page.framed()) {
      PageReferences inner = new PageReferences();
      cut |=
          walk(
              new PageWalk(inner, new PageDirectives(productToken), false),
              markup,
              ContentKind.HTML,
              nodes);
      LinkResolver base = base(outer.base(), inner, charset);
      links.addFramed(inner, base);
      cut |=
          inner.isFull()
              || (nesting > 0 && addFramed(links, inner, base, charset, nodes, nesting - 1));
    }
    return cut;
  }

  /** What the page's references are relative to. */
  private LinkResolver base(CrawlUrl url, PageReferences references, Charset charset) {
    CrawlUrl base =
        Optional.ofNullable(references.base())
            .flatMap(new LinkResolver(url, charset, normalForms)::resolve)
            .orElse(url);
    return new LinkResolver(base, charset, normalForms);
  }
}
