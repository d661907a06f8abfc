package io.fcrawler.api;

import io.fcrawler.seed.BadInputException;
import io.fcrawler.store.SeedQuery.Place;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a list of seeds goes on: a time and a seed, opaque to users. */
final class SeedCursor {
  private SeedCursor() {}

  static String of(Place place) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((place.timeMs() + " " + place.seed()).getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * The place that {@code cursor} stands for.
   *
   * @throws BadInputException if it is not one that {@link #of} made
   */
  static Place read(String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
      if (text.matches("\\d{1,15} [!-~]{1,300}")) {
        int space = text.indexOf(' ');
        return new Place(Long.parseLong(text.substring(0, space)), text.substring(space + 1));
      }
    } catch (IllegalArgumentException e) {
      throw Cursor.bad();
    }
    throw Cursor.bad();
  }
}
