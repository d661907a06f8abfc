package io.fcrawler.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads JSON, and keeps the text of each object. */
final class JsonReader {
  private static final JsonFactory JSON = new JsonFactory();

  private final String text;
  private final JsonParser parser;

  private JsonReader(String text, JsonParser parser) {
    this.text = text;
    this.parser = parser;
  }

  static JsonObject read(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        return new JsonReader(text, parser).object();
      }
    } catch (IOException e) {
      // No JSON: told below.
    }
    throw new RefusedException("the answer is no JSON object; is this fcrawler's API?");
  }

  private JsonObject object() throws IOException {
    int begin = (int) parser.currentTokenLocation().getCharOffset();
    Map<String, Object> fields = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      value().ifPresent(value -> fields.put(name, value));
    }
    int end = (int) parser.currentTokenLocation().getCharOffset() + 1;
    return new JsonObject(text.substring(begin, end), fields);
  }

  private List<Object> array() throws IOException {
    List<Object> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      value().ifPresent(values::add);
    }
    return values;
  }

  /** Empty if it is null. */
  private Optional<Object> value() throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> Optional.of(object());
      case START_ARRAY -> Optional.of(array());
      case VALUE_STRING -> Optional.of(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Optional.of(parser.getNumberValue());
      case VALUE_TRUE, VALUE_FALSE -> Optional.of(parser.getBooleanValue());
      default -> Optional.empty();
    };
  }
}
