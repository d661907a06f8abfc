package io.fcrawler.worker.parse;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How a body is read, by its content type; by its first bytes where that says nothing. */
enum ContentKind {
  HTML,
  XHTML,
  OTHER;

  private static final Set<String> UNTOLD =
      Set.of("", "unknown/unknown", "application/unknown", "*/*");

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

  private static final int SNIFFED = 512;
  private static final int DECLARED = 1024;

  static ContentKind of(Optional<String> contentType, byte[] body) {
    String essence = essence(contentType.orElse(""));
    if (essence.equals("text/html")) {
      return HTML;
    }
    if (essence.equals("application/xhtml+xml")) {
      return XHTML;
    }
    if (isXml(essence) && declaresXhtml(body)) {
      return XHTML;
    }
    boolean untold = UNTOLD.contains(essence) || essence.indexOf('/') < 0;
    return untold && beginsAsHtml(body) ? HTML : OTHER;
  }

  /** MIME Sniffing, section 4.6; pictures are XML too, but no documents. */
  private static boolean isXml(String essence) {
    return essence.equals("text/xml")
        || essence.equals("application/xml")
        || (essence.endsWith("+xml") && !essence.startsWith("image/"));
  }

  private static boolean declaresXhtml(byte[] body) {
    return start(body, DECLARED).contains("http://www.w3.org/1999/xhtml");
  }

  /** The type without its parameters, in lower case. */
  static String essence(String contentType) {
    int end = 0;
    while (end < contentType.length() && ";,".indexOf(contentType.charAt(end)) < 0) {
      end++;
    }
    return contentType.substring(0, end).strip().toLowerCase(Locale.ROOT);
  }

  private static boolean beginsAsHtml(byte[] body) {
    String text = start(body, SNIFFED);
    String start = (text.startsWith("ï»¿") ? text.substring(3) : text).stripLeading();
    String lower = start.toLowerCase(Locale.ROOT);
    return BEGINNINGS.stream().anyMatch(beginning -> begins(lower, beginning));
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
