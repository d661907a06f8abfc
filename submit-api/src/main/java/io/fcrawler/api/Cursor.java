package io.fcrawler.api;

import io.fcrawler.seed.BadInputException;
import io.fcrawler.url.CrawlUrl;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a listing goes on: the last URL that was listed, opaque to users. One that was too long is
 * listed cut.
 */
final class Cursor {
  private Cursor() {}

  static String of(String url) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(url.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * The URL that {@code cursor} stands for.
   *
   * @throws BadInputException if it is not one that {@link #of} made
   */
  static String read(String cursor) {
    try {
      String url = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
      boolean cut = url.matches("https?://[!-~]+\\[cut:[0-9a-f]+]");
      if (cut || CrawlUrl.parse(url).filter(parsed -> parsed.value().equals(url)).isPresent()) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      throw bad();
    }
    throw bad();
  }

  static BadInputException bad() {
    return new BadInputException(
        "cursor", "cursor is not one that the listing before gave; leave it out to begin anew");
  }
}
