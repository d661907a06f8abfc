package io.fcrawler.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fcrawler.command.OptionsJson;
import io.fcrawler.config.Env;
import io.fcrawler.seed.BadInputException;
import io.fcrawler.seed.CrawlOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What a body asks for: one domain or a list of them, and any options beside. */
record SubmitRequest(List<String> domains, boolean bulk, CrawlOptions options) {
  /** Domains that one request may bring. */
  static final int MAX_DOMAINS = 100_000;

  private static final String DOMAIN = "domain";
  private static final String DOMAINS = "domains";
  private static final Set<String> PATTERNS = Set.of("include", "exclude");
  private static final int LONGEST_SHOWN = 100;
  private static final List<String> FIELDS =
      Stream.concat(Stream.of(DOMAIN, DOMAINS), OptionsJson.FIELDS.stream()).toList();

  /**
   * Reads a JSON object.
   *
   * @throws BadInputException for the first field that is unknown, or whose value is wrong
   */
  static SubmitRequest of(JsonNode json, boolean ignoreRobotsAllowed) {
    for (var field : json.properties()) {
      if (!FIELDS.contains(field.getKey())) {
        throw unknown(field.getKey(), FIELDS);
      }
    }
    CrawlOptions options = options(json, ignoreRobotsAllowed);
    if (json.has(DOMAINS) && json.has(DOMAIN)) {
      throw new BadInputException(DOMAINS, "give either domain or domains, not both");
    }
    return json.has(DOMAINS)
        ? new SubmitRequest(domains(json.path(DOMAINS)), true, options)
        : new SubmitRequest(List.of(domain(json.path(DOMAIN))), false, options);
  }

  /**
   * The options among a query's parameters, each spelled as in JSON; for a body that is no JSON.
   *
   * @throws BadInputException for the first parameter that is unknown, or whose value is wrong
   */
  static CrawlOptions options(Map<String, List<String>> query, boolean ignoreRobotsAllowed) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    query.forEach((name, values) -> {
      if (!OptionsJson.FIELDS.contains(name)) {
        throw unknown(name, OptionsJson.FIELDS);
      }
      if (PATTERNS.contains(name)) {
        values.forEach(json.putArray(name)::add);
      } else {
        json.set(name, literal(values.getLast()));
      }
    });
    return options(json, ignoreRobotsAllowed);
  }

  private static JsonNode literal(String text) {
    if (text.equals("true") || text.equals("false")) {
      return BooleanNode.valueOf(text.equals("true"));
    }
    return text.matches("-?\\d{1,18}")
        ? LongNode.valueOf(Long.parseLong(text))
        : TextNode.valueOf(text);
  }

  private static CrawlOptions options(JsonNode json, boolean ignoreRobotsAllowed) {
    CrawlOptions options = OptionsJson.read(json);
    if (options.ignoreRobots() && !ignoreRobotsAllowed) {
      throw new BadInputException(
          "ignoreRobots", "ignoreRobots is not allowed on this server; leave it out");
    }
    return options;
  }

  private static BadInputException unknown(String field, List<String> known) {
    String meant =
        Spelling.nearest(field, known).map(name -> "; did you mean " + name + "?").orElse("");
    return new BadInputException(
        field.substring(0, Math.min(field.length(), LONGEST_SHOWN)),
        "%s is not a known field%s The fields are %s."
            .formatted(Env.quoted(field), meant.isEmpty() ? "." : meant, String.join(", ", known)));
  }

  private static List<String> domains(JsonNode node) {
    boolean right = node.isArray() && !node.isEmpty() && node.size() <= MAX_DOMAINS;
    List<String> domains = new ArrayList<>();
    for (JsonNode domain : node) {
      right &= domain.isTextual();
      domains.add(domain.asText());
    }
    if (!right) {
      throw new BadInputException(
          DOMAINS,
          "domains must be a list of 1 to %d strings, such as [\"example.com\"]"
              .formatted(MAX_DOMAINS));
    }
    return domains;
  }

  private static String domain(JsonNode node) {
    if (!node.isTextual()) {
      throw new BadInputException(
          DOMAIN,
          "domain %s; give a string such as \"example.com\""
              .formatted(node.isMissingNode() ? "is missing" : "is no string"));
    }
    return node.textValue();
  }
}
