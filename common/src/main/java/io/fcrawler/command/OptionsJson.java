package io.fcrawler.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fcrawler.seed.BadInputException;
import io.fcrawler.seed.CrawlOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The JSON form of {@link CrawlOptions}, the same in requests, commands and answers: a field for
 * each component. What is unlimited is left out; any other field that is left out has its default.
 */
public final class OptionsJson {
  /** The names of all options, in the order in which they are written. */
  public static final List<String> FIELDS =
      List.of(
          "maxPages",
          "maxDepth",
          "includeSubdomains",
          "delayMs",
          "connectionsPerHost",
          "include",
          "exclude",
          "ignoreRobots",
          "respectNofollow");

  private static final double EXACT = 1L << 53; // doubles are whole numbers without gaps up to it

  private OptionsJson() {}

  public static ObjectNode write(CrawlOptions options) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (options.maxPages() != CrawlOptions.UNLIMITED) {
      json.put("maxPages", options.maxPages());
    }
    if (options.maxDepth() != CrawlOptions.UNLIMITED) {
      json.put("maxDepth", options.maxDepth());
    }
    json.put("includeSubdomains", options.includeSubdomains());
    json.put("delayMs", options.delayMs());
    json.put("connectionsPerHost", options.connectionsPerHost());
    options.include().forEach(json.putArray("include")::add);
    options.exclude().forEach(json.putArray("exclude")::add);
    json.put("ignoreRobots", options.ignoreRobots());
    return json.put("respectNofollow", options.respectNofollow());
  }

  /**
   * Reads the options among the fields of {@code json}; others are not looked at.
   *
   * @throws BadInputException for a field of another type, or out of range
   */
  public static CrawlOptions read(JsonNode json) {
    CrawlOptions otherwise = CrawlOptions.DEFAULT;
    return new CrawlOptions(
        limit(json, "maxPages", 1).orElse(otherwise.maxPages()),
        limit(json, "maxDepth", 0).map(Math::toIntExact).orElse(otherwise.maxDepth()),
        flag(json, "includeSubdomains"),
        number(json, "delayMs").orElse(otherwise.delayMs()),
        Math.clamp(number(json, "connectionsPerHost").orElse(1L), -1, Integer.MAX_VALUE),
        patterns(json, "include"),
        patterns(json, "exclude"),
        flag(json, "ignoreRobots"),
        flag(json, "respectNofollow"));
  }

  /** A limit; the record's own word for none is refused, as the JSON's is no field at all. */
  private static Optional<Long> limit(JsonNode json, String field, int least) {
    Optional<Long> limit = number(json, field);
    limit.ifPresent(value -> {
      if (value < least || (field.equals("maxDepth") && value > Integer.MAX_VALUE)) {
        throw new BadInputException(
            field,
            "%s must be a whole number, at least %d, not %d; leave it out for no limit"
                .formatted(field, least, value));
      }
    });
    return limit;
  }

  private static Optional<Long> number(JsonNode json, String field) {
    JsonNode node = json.path(field);
    if (node.isMissingNode()) {
      return Optional.empty();
    }
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return Optional.of(node.longValue());
    }
    double value = node.doubleValue();
    if (node.isNumber() && value == Math.rint(value) && Math.abs(value) < EXACT) {
      return Optional.of((long) value);
    }
    String right = node.isIntegralNumber() ? "a whole number below 2^63" : "a whole number";
    throw wrongType(field, right, node);
  }

  private static boolean flag(JsonNode json, String field) {
    JsonNode node = json.path(field);
    if (!node.isMissingNode() && !node.isBoolean()) {
      throw wrongType(field, "true or false", node);
    }
    return node.booleanValue();
  }

  private static List<String> patterns(JsonNode json, String field) {
    JsonNode node = json.path(field);
    if (!node.isMissingNode() && !node.isArray()) {
      throw wrongType(field, "a list of patterns", node);
    }
    List<String> patterns = new ArrayList<>();
    for (JsonNode pattern : node) {
      if (!pattern.isTextual()) {
        throw wrongType(field, "a list of patterns, each a string", pattern);
      }
      patterns.add(pattern.textValue());
    }
    return patterns;
  }

  private static BadInputException wrongType(String field, String right, JsonNode node) {
    String wrong =
        switch (node.getNodeType()) {
          case NUMBER -> "the number " + shown(node);
          case STRING -> "a string";
          case ARRAY -> "a list";
          case OBJECT -> "an object";
          case NULL -> "null";
          case BOOLEAN, BINARY, MISSING, POJO -> node.asText();
        };
    return new BadInputException(field, field + " must be " + right + ", not " + wrong);
  }

  private static String shown(JsonNode number) {
    String text = number.asText();
    return text.length() > 30 ? text.substring(0, 30) + "..." : text;
  }
}
