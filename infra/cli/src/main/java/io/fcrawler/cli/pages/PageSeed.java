package io.fcrawler.cli.pages;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/** Finds the seed in a page record, which may be of some MiB, without reading the rest. */
final class PageSeed {
  private static final JsonFactory JSON = new JsonFactory();

  private PageSeed() {}

  /** Empty if it has none, or is no JSON. */
  static Optional<String> of(byte[] json) {
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = parser.currentName().equals("seed");
        if (parser.nextToken() == JsonToken.VALUE_STRING && found) {
          return Optional.of(parser.getText());
        }
        parser.skipChildren();
      }
    } catch (IOException e) {
      // Not one of fcrawler's.
    }
    return Optional.empty();
  }
}
