package io.fcrawler.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a crawl. What is not given is left to the API, which also judges what is. */
final class SubmitOptions {
  @Option(
      names = "--delay-ms",
      paramLabel = "MS",
      description = "least time between two requests to a host; 1000")
  private @Nullable Long delayMs;

  @Option(
      names = "--connections-per-host",
      paramLabel = "N",
      description = "most requests under way at a host; 1")
  private @Nullable Long connectionsPerHost;

  @Option(names = "--max-pages", paramLabel = "N", description = "most URLs admitted; no limit")
  private @Nullable Long maxPages;

  @Option(
      names = "--max-depth",
      paramLabel = "N",
      description = "most links from the start page; no limit")
  private @Nullable Long maxDepth;

  @Option(names = "--include-subdomains", description = "crawls the whole registrable domain")
  private boolean includeSubdomains;

  @Option(
      names = "--include",
      paramLabel = "PATTERN",
      description = "RE2 pattern that a URL must match; may be repeated, then one of them")
  private List<String> include = List.of();

  @Option(
      names = "--exclude",
      paramLabel = "PATTERN",
      description = "RE2 pattern that a URL must not match; may be repeated")
  private List<String> exclude = List.of();

  @Option(
      names = "--ignore-robots",
      description = "does not ask robots.txt; refused unless the server allows it")
  private boolean ignoreRobots;

  @Option(
      names = "--respect-nofollow",
      description = "keeps out URLs that are linked only with rel=nofollow")
  private boolean respectNofollow;

  /** Writes fields into an object that is open. */
  void write(JsonGenerator json) throws IOException {
    number(json, "delayMs", delayMs);
    number(json, "connectionsPerHost", connectionsPerHost);
    number(json, "maxPages", maxPages);
    number(json, "maxDepth", maxDepth);
    flag(json, "includeSubdomains", includeSubdomains);
    texts(json, "include", include);
    texts(json, "exclude", exclude);
    flag(json, "ignoreRobots", ignoreRobots);
    flag(json, "respectNofollow", respectNofollow);
  }

  private static void number(JsonGenerator json, String name, @Nullable Long value)
      throws IOException {
    if (value != null) {
      json.writeNumberField(name, value);
    }
  }

  private static void flag(JsonGenerator json, String name, boolean value) throws IOException {
    if (value) {
      json.writeBooleanField(name, true);
    }
  }

  private static void texts(JsonGenerator json, String name, List<String> values)
      throws IOException {
    if (!values.isEmpty()) {
      json.writeArrayFieldStart(name);
      for (String value : values) {
        json.writeString(value);
      }
      json.writeEndArray();
    }
  }
}
