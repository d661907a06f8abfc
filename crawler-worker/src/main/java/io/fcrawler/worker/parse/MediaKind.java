package io.fcrawler.worker.parse;

import java.util.Set;
import java.util.regex.Pattern;

/** Tells documents from images, scripts, styles and the like, before they are fetched. */
final class MediaKind {
  private static final Pattern NO_DOCUMENT_TYPE =
      Pattern.compile(
          "(?:image|audio|video|font)/.*|text/css|.*(?:java|ecma)script|.*x-(?:java|shock).*");

  /** What browsers read for themselves: search engines, and how a site is installed. */
  private static final Set<String> FOR_BROWSERS =
      Set.of(
          "application/opensearchdescription+xml", "application/manifest+json", "application/wasm");

  private static final Pattern NO_DOCUMENT_NAME =
      Pattern.compile(
          "[^?#]*\\.(?:avif|bmp|gif|ico|jpe?g|png|svgz?|tiff?|webp|aac|avi|flac|m4[av]|midi?|mov"
              + "|mp[34]|mpe?g|og[agv]|opus|wav|web[am]|wm[av]|class|dcr|jar|swf|wasm|css|m?js"
              + "|woff2?)\\s*(?:[?#].*)?",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private MediaKind() {}

  /**
   * Whether a link to something of this MIME type, empty where it is not told, is to a document.
   */
  static boolean mayBeDocument(String type) {
    String essence = MimeType.essence(type);
    return !FOR_BROWSERS.contains(essence) && !NO_DOCUMENT_TYPE.matcher(essence).matches();
  }

  /** Whether what is embedded is a document, by its type, else by how its name ends. */
  static boolean mayBeDocument(String type, String reference) {
    return type.isBlank() ? !NO_DOCUMENT_NAME.matcher(reference).matches() : mayBeDocument(type);
  }
}
