package io.fcrawler.api;

import io.fcrawler.seed.BadInputException;
import io.fcrawler.url.CrawlUrl;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a listing goes on: the last URL that was listed, opaque to users. */
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
      if (CrawlUrl.parse(url).filter(parsed -> parsed.value().equals(url)).isPresent()) {
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
