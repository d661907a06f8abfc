package io.fcrawler.worker.parse;

import io.fcrawler.worker.encoding.Charsets;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The charset that a page declares, which must be found before the page can be read.
 *
 * <p>Browsers look through its first 1,024 bytes, where scripts and other text are not told from
 * markup; then they read the page, and change the charset when they meet a {@code meta} element
 * that declares one. So what they meet counts more than what they only saw.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream">HTML,
 *     section 13.2.3.2, prescan a byte stream</a>
 * @see <a href="https://html.spec.whatwg.org/multipage/parsing.html#changing-the-encoding">HTML,
 *     section 13.2.3.4, changing the encoding while parsing</a>
 */
final class MetaCharset {
  private static final int PRESCANNED = 1024;

  /** In a {@code content} attribute. */
  private static final Pattern CHARSET =
      Pattern.compile("charset[\t\n\f\r ]*=[\t\n\f\r ]*", Pattern.CASE_INSENSITIVE);

  private static final Pattern XML_ENCODING =
      Pattern.compile(
          "\\A<\\?xml(?:(?!encoding)[^>])*+encoding[\\x00- ]*=[\\x00- ]*([\"'])([^>]*?)\\1");

  private MetaCharset() {}

  /** The charset that HTML declares by a meta tag, or else by an XML declaration. */
  static Optional<Charset> of(byte[] body) {
    byte[] start = Arrays.copyOf(body, Math.min(body.length, PRESCANNED));
    return found(new MetaTags(body, true))
        .or(() -> found(new MetaTags(start, false)))
        .or(() -> ofXml(start));
  }

  /** The charset that an XML declaration names, at the very start. */
  static Optional<Charset> ofXml(byte[] body) {
    int length = Math.min(body.length, PRESCANNED);
    Matcher xml = XML_ENCODING.matcher(new String(body, 0, length, StandardCharsets.ISO_8859_1));
    return xml.find() ? Charsets.declared(xml.group(2)) : Optional.empty();
  }

  private static Optional<Charset> found(MetaTags tags) {
    while (tags.next()) {
      Optional<Charset> charset = declared(tags);
      if (charset.isPresent()) {
        return charset;
      }
    }
    return Optional.empty();
  }

  private static Optional<Charset> declared(MetaTags tags) {
    Optional<Charset> charset =
        Optional.ofNullable(tags.attribute("charset")).flatMap(Charsets::declared);
    @Nullable String content = tags.attribute("content");
    boolean contentType = "content-type".equalsIgnoreCase(tags.attribute("http-equiv"));
    return charset.isEmpty() && contentType && content != null
        ? label(content).flatMap(Charsets::declared)
        : charset;
  }

  /**
   * The charset in a {@code content} attribute.
   *
   * @see <a
   *     href="https://html.spec.whatwg.org/multipage/urls-and-fetching.html#extracting-character-encodings-from-meta-elements">HTML,
   *     section 2.4.5</a>
   */
  private static Optional<String> label(String content) {
    Matcher named = CHARSET.matcher(content);
    if (!named.find() || named.end() == content.length()) {
      return Optional.empty();
    }
    String rest = content.substring(named.end());
    char quote = rest.charAt(0);
    if (quote == '"' || quote == '\'') {
      int end = rest.indexOf(quote, 1);
      return end < 0 ? Optional.empty() : Optional.of(rest.substring(1, end));
    }
    return Optional.of(rest.split("[\t\n\f\r ;]", 2)[0]);
  }
}
