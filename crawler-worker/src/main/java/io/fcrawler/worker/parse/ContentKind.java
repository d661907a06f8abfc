package io.fcrawler.worker.parse;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** How a body is read, by its content type; by its first bytes where that says nothing. */
enum ContentKind {
  HTML,
  XHTML,
  OTHER;

  private static final String HTML_TYPE = "text/html";
  private static final String XML_TYPE = "text/xml";
  private static final String UTF_8_MARK = "\u00ef\u00bb\u00bf";
  private static final Pattern LEADING = Pattern.compile("\\A[\t\n\f\r ]+");

  private static final Set<String> UNTOLD = Set.of("", "unknown/unknown", "application/unknown");

  /** How HTML begins (WHATWG MIME Sniffing, section 7.1). */
  private static final List<String> BEGINNINGS =
      List.of(
          "<!doctype html",
          "<html",
          "<head",
          "<script",
          "<iframe",
          "<h1",
          "<div",
          "<font",
          "<table",
          "<a",
          "<style",
          "<title",
          "<b",
          "<body",
          "<br",
          "<p",
          "<!--");

  /** As many as browsers look at (MIME Sniffing, section 5.2). */
  private static final int SNIFFED = 1445;

  private static final int DECLARED = 1024;

  static ContentKind of(Optional<String> contentType, byte[] body) {
    String headers = contentType.orElse("");
    String essence = MimeType.ofHeaders(headers).map(MimeType::essence).orElse("");
    if (essence.isEmpty() && MimeType.essence(headers).equals(HTML_TYPE)) {
      return HTML; // invalid, as "text/html charset=utf-8", which browsers take for HTML
    }
    String computed = UNTOLD.contains(essence) ? sniffed(body) : essence;
    if (computed.equals(HTML_TYPE)) {
      return HTML;
    }
    boolean xhtml =
        computed.equals("application/xhtml+xml") || (isXml(computed) && declaresXhtml(body));
    return xhtml ? XHTML : OTHER;
  }

  /** The type of a body that has none, as far as it is read (MIME Sniffing, section 7.1). */
  private static String sniffed(byte[] body) {
    String text = start(body, SNIFFED);
    if (text.startsWith(UTF_8_MARK)) {
      text = text.substring(UTF_8_MARK.length());
    }
    String start = LEADING.matcher(text).replaceFirst("").toLowerCase(Locale.ROOT);
    if (BEGINNINGS.stream().anyMatch(beginning -> begins(start, beginning))) {
      return HTML_TYPE;
    }
    return start.startsWith("<?xml") ? XML_TYPE : "";
  }

  /** MIME Sniffing, section 4.6; pictures are XML too, but no documents. */
  private static boolean isXml(String essence) {
    return essence.equals(XML_TYPE)
        || essence.equals("application/xml")
        || (essence.endsWith("+xml") && !essence.startsWith("image/"));
  }

  private static boolean declaresXhtml(byte[] body) {
    return start(body, DECLARED).contains("http://www.w3.org/1999/xhtml");
  }

  private static String start(byte[] body, int most) {
    return new String(body, 0, Math.min(body.length, most), StandardCharsets.ISO_8859_1);
  }

  private static boolean begins(String text, String beginning) {
    if (!text.startsWith(beginning)) {
      return false;
    }
    boolean comment = beginning.endsWith("-");
    return comment
        || (text.length() > beginning.length() && isEnd(text.charAt(beginning.length())));
  }

  private static boolean isEnd(char c) {
    return c == ' ' || c == '>' || c == '\n' || c == '\t' || c == '\r';
  }
}
