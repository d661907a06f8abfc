package io.fcrawler.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.fcrawler.command.OptionsJson;
import io.fcrawler.config.Env;
import io.fcrawler.seed.BadInputException;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.Start;
import io.fcrawler.seed.StartParser;
import java.util.List;
import java.util.stream.Stream;

/** The body of a submission: {@code domain}, and any options beside it. */
record SubmitRequest(Start start, CrawlOptions options) {
  private static final String DOMAIN = "domain";
  private static final int LONGEST_SHOWN = 100;
  private static final List<String> FIELDS =
      Stream.concat(Stream.of(DOMAIN), OptionsJson.FIELDS.stream()).toList();

  /**
   * Reads a JSON object.
   *
   * @throws BadInputException for the first field that is unknown, or whose value is wrong
   */
  static SubmitRequest of(JsonNode json, boolean ignoreRobotsAllowed) {
    for (var field : json.properties()) {
      if (!FIELDS.contains(field.getKey())) {
        throw unknown(field.getKey());
      }
    }
    CrawlOptions options = OptionsJson.read(json);
    if (options.ignoreRobots() && !ignoreRobotsAllowed) {
      throw new BadInputException(
          "ignoreRobots", "ignoreRobots is not allowed on this server; leave it out");
    }
    return new SubmitRequest(StartParser.parse(domain(json.path(DOMAIN))), options);
  }

  private static BadInputException unknown(String field) {
    String meant =
        Spelling.nearest(field, FIELDS).map(name -> "; did you mean " + name + "?").orElse("");
    return new BadInputException(
        field.substring(0, Math.min(field.length(), LONGEST_SHOWN)),
        "%s is not a known field%s The fields are %s."
            .formatted(
                Env.quoted(field), meant.isEmpty() ? "." : meant, String.join(", ", FIELDS)));
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
