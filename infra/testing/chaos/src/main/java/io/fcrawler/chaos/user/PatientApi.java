package io.fcrawler.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fcrawler.chaos.site.SeedSite;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A user of the API, who asks again until there is an answer. */
public final class Api implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(8);
  private static final int ACCEPTED = 202;
  private static final int CONFLICT = 409;
  private static final int OK = 200;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();
  private final List<String> urls;
  private final AtomicInteger turn = new AtomicInteger();

  /**
   * @param urls of all APIs, asked in turn
   */
  public Api(List<String> urls) {
    this.urls = List.copyOf(urls);
  }

  private HttpRequest.Builder request(String path) {
    String base = urls.get(Math.floorMod(turn.getAndIncrement(), urls.size()));
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(LIMIT);
  }

  private Optional<HttpResponse<String>> send(HttpRequest request) throws InterruptedException {
    try {
      return Optional.of(client.send(request, BodyHandlers.ofString()));
    } catch (IOException e) {
      return Optional.empty(); // it is away, or too slow
    }
  }

  /** Once: whether it is taken, or was before. */
  public boolean trySubmit(SeedSite site) throws InterruptedException {
    ObjectNode body = JSON.createObjectNode().put("domain", site.startUrl());
    body.put("includeSubdomains", true).put("connectionsPerHost", site.connections());
    body.put("delayMs", site.delayMs());
    HttpRequest request =
        request("/api/submit")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    return send(request).filter(it -> it.statusCode() / 100 == 2).isPresent();
  }

  /** Until it is taken. */
  public void submit(SeedSite site) throws InterruptedException {
    while (!trySubmit(site)) {
      pause();
    }
  }

  /** Pauses or resumes, until that is taken; or is not possible, as the crawl has ended. */
  public void control(SeedSite site, String verb) throws InterruptedException {
    int status = 0;
    while (status != ACCEPTED && status != CONFLICT) {
      pause();
      HttpRequest request = request(path(site, "/" + verb)).POST(BodyPublishers.noBody()).build();
      status = send(request).map(HttpResponse::statusCode).orElse(0);
    }
  }

  private static void pause() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(200);
  }

  private static String path(SeedSite site, String rest) {
    return "/api/fcrawler/seed/" + site.id() + rest;
  }

  /** Empty while there is no answer. */
  public Optional<JsonNode> get(SeedSite site, String rest) throws InterruptedException {
    Optional<HttpResponse<String>> response = send(request(path(site, rest)).GET().build());
    return response.filter(it -> it.statusCode() == OK).map(it -> json(it.body()));
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException("not JSON: " + text, e);
    }
  }

  /** Whether a program says that it is ready. */
  public boolean ready(String base) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/readyz")).timeout(LIMIT).build();
    return send(request).filter(it -> it.statusCode() == OK).isPresent();
  }

  /** The crawl's status; empty while there is no answer. */
  public String status(SeedSite site) throws InterruptedException {
    return get(site, "").map(json -> json.path("status").asText()).orElse("");
  }

  /** Waits until it is done, and resumes it as long as it is paused; false if that takes longer. */
  public boolean awaitDone(SeedSite site, Duration most) throws InterruptedException {
    long untilNs = System.nanoTime() + most.toNanos();
    while (System.nanoTime() - untilNs < 0) {
      switch (status(site)) {
        case "done" -> {
          return true;
        }
        case "paused" -> control(site, "resume");
        default -> pause();
      }
    }
    return false;
  }

  @Override
  public void close() {
    client.close();
  }
}
