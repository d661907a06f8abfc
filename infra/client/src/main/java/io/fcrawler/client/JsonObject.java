package io.fcrawler.client;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An object of JSON that knows its own text.
 *
 * <p>A field that is absent, or not of the type that is asked for, is empty; or, where the caller
 * can't do without, a {@link RefusedException}.
 */
public final class JsonObject {
  private final String text;
  private final Map<String, Object> fields;

  /**
   * @param fields without those that are null; a value is a String, Number, Boolean, JsonObject, or
   *     a List of these
   */
  JsonObject(String text, Map<String, Object> fields) {
    this.text = text;
    this.fields = Map.copyOf(fields);
  }

  /**
   * Reads one object.
   *
   * @throws RefusedException if it is none
   */
  public static JsonObject parse(String text) {
    return JsonReader.read(text);
  }

  /** Its text, as it was sent. */
  public String json() {
    return text;
  }

  public String text(String name) {
    return optionalText(name).orElseThrow(() -> lacks(name));
  }

  public Optional<String> optionalText(String name) {
    return value(name, String.class);
  }

  public long number(String name) {
    return optionalNumber(name).orElseThrow(() -> lacks(name)).longValue();
  }

  public Optional<Number> optionalNumber(String name) {
    return value(name, Number.class);
  }

  public boolean isTrue(String name) {
    return value(name, Boolean.class).orElse(false);
  }

  /** The objects of an array; none where it is absent. */
  public List<JsonObject> objects(String name) {
    return elements(name, JsonObject.class);
  }

  /** An object; empty where it is absent. */
  public Optional<JsonObject> object(String name) {
    return value(name, JsonObject.class);
  }

  /** The strings of an array; none where it is absent. */
  public List<String> texts(String name) {
    return elements(name, String.class);
  }

  /** An object's fields, without those that are arrays or objects; none where it is absent. */
  public Map<String, Object> scalars(String name) {
    Map<String, Object> scalars = new TreeMap<>();
    value(name, JsonObject.class)
        .ifPresent(object ->
            object.fields.forEach((key, value) -> {
              if (!(value instanceof List || value instanceof JsonObject)) {
                scalars.put(key, value);
              }
            }));
    return scalars;
  }

  private <T> List<T> elements(String name, Class<T> type) {
    List<?> all = value(name, List.class).orElse(List.of());
    return all.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private <T> Optional<T> value(String name, Class<T> type) {
    @Nullable Object value = fields.get(name);
    return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
  }

  private static RefusedException lacks(String name) {
    return new RefusedException(
        "the answer has no \"%s\"; is this fcrawler's API, and of this version?".formatted(name));
  }
}
