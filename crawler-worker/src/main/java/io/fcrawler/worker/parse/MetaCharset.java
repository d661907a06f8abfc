package io.fcrawler.worker.parse;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The charset that a page declares in its first bytes, which must be found before the page can be
 * read.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream">HTML,
 *     prescan a byte stream</a>
 */
final class MetaCharset {
  /**
   * The standard looks at 1,024 bytes first, but lets a later tag change the charset again, and the
   * page be read anew.
   */
  private static final int SCANNED = 64 << 10;

  /** A comment, an element of text, a meta tag, or another tag. */
  private static final Pattern TAG =
      Pattern.compile(
          "<!--(?:-?>|.*?(?:-->|\\z))"
              + "|<(script|style|title|textarea|xmp|iframe|noembed|noframes)[\\s/>].*?(?:</\\1|\\z)"
              + "|<meta[\\s/]((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>"
              + "|</?[a-z](?:[^>=]++|=\\s*+(?:\"[^\"]*+(?:\"|\\z)|'[^']*+(?:'|\\z))?+)*+(?:>|\\z)",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Pattern ATTRIBUTE =
      Pattern.compile("([^\\s/>=]+)(?:\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s>\"']+)))?");

  private static final Pattern CHARSET =
      Pattern.compile(
          "charset\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s;\"',]+))", Pattern.CASE_INSENSITIVE);

  private static final Pattern XML_ENCODING =
      Pattern.compile("\\A\\s*<\\?xml\\s[^>]*?encoding\\s*=\\s*[\"']([^\"'>]*)[\"']");

  private MetaCharset() {}

  /** The charset declared by a meta tag or by the XML declaration. */
  static Optional<Charset> of(byte[] body) {
    int length = Math.min(body.length, SCANNED);
    String text = new String(body, 0, length, StandardCharsets.ISO_8859_1);
    Matcher tag = TAG.matcher(text);
    while (tag.find()) {
      Optional<Charset> found = tag.group(2) == null ? Optional.empty() : ofMeta(tag.group(2));
      if (found.isPresent()) {
        return found;
      }
    }
    Matcher xml = XML_ENCODING.matcher(text);
    return xml.find() ? Charsets.declared(xml.group(1)) : Optional.empty();
  }

  private static Optional<Charset> ofMeta(String attributes) {
    String charset = "";
    String content = "";
    boolean contentType = false;
    Matcher attribute = ATTRIBUTE.matcher(attributes);
    while (attribute.find()) {
      String value = group(attribute, 2);
      switch (attribute.group(1).toLowerCase(Locale.ROOT)) {
        case "charset" -> charset = value;
        case "content" -> content = value;
        case "http-equiv" -> contentType = value.equalsIgnoreCase("content-type");
        default -> {}
      }
    }
    if (!charset.isEmpty()) {
      return Charsets.declared(charset);
    }
    return contentType ? label(content).flatMap(Charsets::declared) : Optional.empty();
  }

  private static Optional<String> label(String contentType) {
    Matcher matcher = CHARSET.matcher(contentType);
    return matcher.find() ? Optional.of(group(matcher, 1)) : Optional.empty();
  }

  /** The first of three alternative groups that matched; empty where none did. */
  private static String group(Matcher matcher, int first) {
    for (int i = first; i < first + 3; i++) {
      if (matcher.group(i) != null) {
        return matcher.group(i);
      }
    }
    return "";
  }
}
