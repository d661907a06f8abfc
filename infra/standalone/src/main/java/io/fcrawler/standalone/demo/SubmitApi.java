package io.fcrawler.standalone.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The submit API, as its users reach it. Any answer but the one hoped for is an exception. */
final class SubmitApi implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final URI base;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .proxy(HttpClient.Builder.NO_PROXY)
          .connectTimeout(LIMIT)
          .build();

  /** The API at an address such as {@code http://127.0.0.1:3001}. */
  SubmitApi(URI base) {
    this.base = base;
  }

  /** A URL that was given up. */
  record Failure(@JsonProperty("reason") String reason) {}

  private record Failures(@JsonProperty("failures") List<Failure> failures) {}

  Progress submit(Map<String, Object> submission) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request("/api/submit")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(submission)));
    return answer(request, Progress.class);
  }

  Progress progress(String seed) throws IOException, InterruptedException {
    return answer(request(path(seed)), Progress.class);
  }

  Receipt receipt(String seed) throws IOException, InterruptedException {
    return answer(request(path(seed) + "/receipt"), Receipt.class);
  }

  /** The first thousand of them. */
  List<Failure> failures(String seed) throws IOException, InterruptedException {
    return answer(request(path(seed) + "/failures?limit=1000"), Failures.class).failures();
  }

  private static String path(String seed) {
    return "/api/fcrawler/seed/" + seed;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path)).timeout(LIMIT);
  }

  private <T> T answer(HttpRequest.Builder request, Class<T> type)
      throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(
          "%s answers %d: %s"
              .formatted(response.uri(), response.statusCode(), response.body().strip()));
    }
    try {
      return JSON.readValue(response.body(), type);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s answers with what it should not: %s"
              .formatted(response.uri(), e.getOriginalMessage()),
          e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
