package io.fcrawler.worker.parse;

import com.google.common.base.Splitter;
import java.util.Set;
import org.jsoup.parser.Parser;

/**
 * The namespace of an element, by which elements of one name are told apart: SVG and MathML have no
 * frames, bases or metadata.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inforeign">HTML,
 *     13.2.6.5</a>
 */
enum Vocabulary {
  HTML,
  SVG,
  MATHML,
  /** Another vocabulary of XML, which has no links that are known. */
  OTHER;

  /** Elements that {@code href} makes links (MathML 3, 6.4.3). */
  private static final Set<String> LINKING =
      Set.copyOf(
          Splitter.on(' ')
              .splitToList(
                  "a maction math menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded"
                      + " mphantom mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd"
                      + " mtext mtr munder munderover semantics"));

  /** The vocabulary of a namespace; XML without one is read as XHTML. */
  static Vocabulary of(String namespace) {
    return switch (namespace) {
      case Parser.NamespaceHtml, Parser.NamespaceXml -> HTML;
      case Parser.NamespaceSvg -> SVG;
      case Parser.NamespaceMathml -> MATHML;
      default -> OTHER;
    };
  }

  /** The vocabulary that an element of HTML's parser begins; HTML where it begins none. */
  static Vocabulary begunBy(String name) {
    return switch (name) {
      case "svg" -> SVG;
      case "math" -> MATHML;
      default -> HTML;
    };
  }

  /** What an element means, by its name in lower case and without prefix. */
  ElementKind kind(String name) {
    return switch (this) {
      case HTML -> ElementKind.of(name);
      case SVG -> inSvg(name);
      case MATHML -> LINKING.contains(name) ? ElementKind.FORMULA : ElementKind.INLINE;
      case OTHER -> ElementKind.INLINE;
    };
  }

  private static ElementKind inSvg(String name) {
    return switch (name) {
      case "a" -> ElementKind.SVG_ANCHOR;
      case "text", "foreignobject" -> ElementKind.BLOCK;
      case "desc", "metadata", "title" -> ElementKind.HIDDEN;
      case "script", "style" -> ElementKind.INERT;
      default -> ElementKind.INLINE;
    };
  }

  /** Whether HTML goes on within an element of this vocabulary (HTML, integration points). */
  boolean embedsHtml(String name) {
    return switch (this) {
      case HTML -> true;
      case SVG -> name.equals("foreignobject") || name.equals("desc") || name.equals("title");
      case MATHML ->
          switch (name) {
            case "mi", "mo", "mn", "ms", "mtext", "annotation-xml" -> true;
            default -> false;
          };
      case OTHER -> false;
    };
  }
}
