package io.fcrawler.client;

import io.fcrawler.client.Http.Answer;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * fcrawler's API, for any number of threads. Each method throws {@link RefusedException} where the
 * API refuses, and {@link UnreachableException} where it, or what it needs, does not answer. A seed
 * may be written in any way in which it may be submitted.
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

  /**
   * The API at an address such as {@code http://127.0.0.1:3001}.
   *
   * @param limit on the wait for the connection, and for each part of an answer
   */
  public Api(URI base, Duration limit) {
    this(base, limit, "");
  }

  /**
   * @param advice what a user can do where nothing answers: the end of that message
   */
  public Api(URI base, Duration limit, String advice) {
    http = new Http(base, limit, advice);
  }

  /** Whether the program at this address says that it is ready. */
  public boolean isReady() {
    return http.get("/readyz").status() == HttpURLConnection.HTTP_OK;
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

  public Receipt receipt(String seed) {
    return new Receipt(ofSeed(seed, http.get(path(seed) + "/receipt")));
  }

  /** The crawls of a seed that another one followed. */
  public List<Crawl> formerCrawls(String seed) {
    return ofSeed(seed, http.get(path(seed) + "/crawls")).objects("crawls").stream()
        .map(Crawl::new)
        .toList();
  }

  /** Gives the crawl as it was when the command was taken. */
  public Crawl control(String seed, Control control) {
    return new Crawl(ofSeed(seed, http.post(path(seed) + "/" + control.word(), null)));
  }

  /**
   * Has workers crawl all anew that found Redis empty and wait.
   *
   * @throws ConflictException where none does
   */
  public JsonObject recrawl() {
    return accepted(http.post("/api/fcrawler/recrawl", null));
  }

  public JsonObject workers() {
    return accepted(http.get("/api/fcrawler/workers"));
  }

  /**
   * Gives a listing of a seed's URLs to {@code sink}, until that wants no more.
   *
   * @param name {@code failures} or {@code excluded}
   * @param parameters of the listing: reason, limit of one part
   */
  public void listing(
      String seed, String name, Map<String, String> parameters, Predicate<JsonObject> sink) {
    String path = path(seed) + "/" + name;
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
      return parsed(answer);
    }
    String detail = detail(answer);
    if (answer.status() == HttpURLConnection.HTTP_UNAVAILABLE) {
      throw new UnreachableException("the API can't answer now: " + detail, null);
    }
    if (answer.status() == HttpURLConnection.HTTP_CONFLICT) {
      throw new ConflictException(detail);
    }
    throw new RefusedException(detail);
  }

  private static String detail(Answer answer) {
    @Nullable String detail = null;
    if (answer.problem()) {
      JsonObject problem = parsed(answer);
      detail = problem.optionalText("detail").or(() -> problem.optionalText("title")).orElse(null);
    }
    return detail != null
        ? detail
        : "%s answers HTTP %d without a reason; is this fcrawler's API?"
            .formatted(answer.url(), answer.status());
  }

  private static JsonObject parsed(Answer answer) {
    try {
      return JsonObject.parse(answer.body());
    } catch (RefusedException e) {
      throw new RefusedException(
          "%s did not answer as expected: %s".formatted(answer.url(), e.getMessage()));
    }
  }
}
