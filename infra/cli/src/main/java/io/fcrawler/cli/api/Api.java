package io.fcrawler.cli.api;

import io.fcrawler.cli.api.Http.Answer;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * fcrawler's API. Each method throws {@link RefusedException} where the API refuses, and {@link
 * UnreachableException} where it, or what it needs, does not answer. A seed may be written in any
 * way in which it may be submitted.
 */
public final class Api {
  private final Http http;

  /** A command to a crawl. */
  public enum Control {
    PAUSE("pause"),
    RESUME("resume"),
    CANCEL("cancel");

    private final String word;

    Control(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /**
   * The answer to a submission.
   *
   * @param made whether a new crawl was begun
   * @param body the crawl if one domain was sent alone, else what became of each
   */
  public record Submitted(boolean made, JsonObject body) {}

  public Api(URI base) {
    http = new Http(base);
  }

  /**
   * Submits one domain, or several.
   *
   * @param body JSON, as the API describes it
   */
  public Submitted submit(String body) {
    Answer answer = http.post("/api/submit", body);
    return new Submitted(answer.status() == HttpURLConnection.HTTP_ACCEPTED, accepted(answer));
  }

  public Crawl crawl(String seed) {
    return new Crawl(ofSeed(seed, http.get(path(seed))));
  }

  public JsonObject receipt(String seed) {
    return ofSeed(seed, http.get(path(seed) + "/receipt"));
  }

  /** Gives the crawl as it was when the command was taken. */
  public Crawl control(String seed, Control control) {
    return new Crawl(ofSeed(seed, http.post(path(seed) + "/" + control.word(), null)));
  }

  public JsonObject workers() {
    return accepted(http.get("/api/fcrawler/workers"));
  }

  /**
   * Gives a listing of a seed's URLs to {@code sink}, until that wants no more.
   *
   * @param name {@code failures} or {@code excluded}
   */
  public void listing(
      String seed, String name, Optional<String> reason, Predicate<JsonObject> sink) {
    String path = path(seed) + "/" + name;
    Map<String, String> parameters = new LinkedHashMap<>(Map.of("limit", "1000"));
    reason.ifPresent(only -> parameters.put("reason", only));
    each(all -> ofSeed(seed, http.get(path + query(all))), parameters, name, sink);
  }

  /**
   * Gives crawls, the newest first, to {@code sink}, until that wants no more.
   *
   * @param parameters of the listing: status, q, limit
   */
  public void crawls(Map<String, String> parameters, Predicate<Crawl> sink) {
    each(
        all -> accepted(http.get("/api/fcrawler/seeds" + query(all))),
        parameters,
        "seeds",
        json -> sink.test(new Crawl(json)));
  }

  /** One part of a listing. */
  private interface Part {
    JsonObject get(Map<String, String> parameters);
  }

  private static void each(
      Part part, Map<String, String> parameters, String name, Predicate<JsonObject> sink) {
    Map<String, String> all = new LinkedHashMap<>(parameters);
    Optional<String> cursor;
    do {
      JsonObject body = part.get(all);
      for (JsonObject object : body.objects(name)) {
        if (!sink.test(object)) {
          return;
        }
      }
      cursor = body.optionalText("cursor");
      cursor.ifPresent(next -> all.put("cursor", next));
    } while (cursor.isPresent());
  }

  private static String path(String seed) {
    return "/api/fcrawler/seed/" + encoded(seed);
  }

  private static String query(Map<String, String> parameters) {
    return parameters.isEmpty()
        ? ""
        : parameters.entrySet().stream()
            .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
            .collect(Collectors.joining("&", "?", ""));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static JsonObject ofSeed(String seed, Answer answer) {
    if (answer.status() == HttpURLConnection.HTTP_NOT_FOUND && answer.problem()) {
      throw new UnknownSeedException(seed);
    }
    return accepted(answer);
  }

  private static JsonObject accepted(Answer answer) {
    if (answer.status() / 100 == 2) {
      return JsonObject.parse(answer.body());
    }
    String detail = detail(answer);
    if (answer.status() == HttpURLConnection.HTTP_UNAVAILABLE) {
      throw new UnreachableException("the API can't answer now: " + detail, null);
    }
    throw new RefusedException(detail);
  }

  private static String detail(Answer answer) {
    @Nullable String detail = null;
    if (answer.problem()) {
      JsonObject problem = JsonObject.parse(answer.body());
      detail = problem.optionalText("detail").or(() -> problem.optionalText("title")).orElse(null);
    }
    return detail != null
        ? detail
        : "HTTP %d without a reason; is --url fcrawler's API?".formatted(answer.status());
  }
}
