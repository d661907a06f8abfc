package io.fcrawler.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fcrawler.command.OptionsJson;
import io.fcrawler.lane.Lane;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.EmptyFinding;
import io.fcrawler.store.WorkerReport;
import io.fcrawler.testing.Eventually;
import io.fcrawler.testing.TestingHttp;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenApiTest {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  private final TestingApi api = new TestingApi();

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void everyRouteIsDescribedAndEveryDescriptionIsARoute() throws IOException {
    Set<String> described = new TreeSet<>();
    for (var path : description().path("paths").properties()) {
      path.getValue()
          .fieldNames()
          .forEachRemaining(name -> {
            if (METHODS.contains(name)) {
              described.add(name.toUpperCase(Locale.ROOT) + " " + path.getKey());
            }
          });
    }

    assertEquals(new TreeSet<>(api.server.routes()), described);
  }

  @Test
  void everyReferenceHasATarget() throws IOException {
    JsonNode description = description();
    List<JsonNode> references = description.findValues("$ref");

    assertTrue(references.size() > 30, "found " + references.size());
    for (JsonNode reference : references) {
      String pointer = reference.textValue().substring(1);
      assertTrue(description.at(pointer).isObject(), pointer);
    }
  }

  @Test
  void theOptionsAreThoseOfACrawl() throws IOException {
    JsonNode schemas = description().at("/components/schemas");
    List<String> submission = new ArrayList<>(OptionsJson.FIELDS);
    submission.addAll(0, List.of("domains", "domain"));

    assertEquals(submission, names(schemas.at("/Submission/properties")));
    assertEquals(OptionsJson.FIELDS, names(schemas.at("/Options/properties")));
  }

  @Test
  void answersHaveTheFieldsThatAreDescribed() throws IOException {
    TestingWorker worker = api.opened("a.example");
    worker.claim(1);
    worker.crawled("https://a.example/1", "https://a.example/2");
    worker.hostFails(10, "timeout");
    assertTrue(api.json("a.example").has("troubledHosts"));
    assertDescribed("Progress", api.json("a.example"));
    damage("b.example");
    assertTrue(api.json("b.example").has("damaged"));
    assertDescribed("Progress", api.json("b.example"));
    api.clock.advance(Duration.ofSeconds(1));
    worker.claim(1);
    worker.failed("http_404", 404);
    worker.claim(1);
    worker.failed("timeout", 0);
    assertDescribed("Progress", api.json("a.example"));
    assertDescribed("Failures", api.json("a.example/failures?limit=1"));
    assertDescribed("Excluded", api.json("a.example/excluded?limit=1"));
    assertDescribed("Receipt", api.json("a.example/receipt"));
    api.opened("a.example");
    assertDescribed("Progress", api.json("a.example"));
    assertDescribed("FormerCrawls", api.json("a.example/crawls"));
    assertDescribed("Health", TestingHttp.json(api.http.get("/readyz")));
    assertDescribed("Health", TestingHttp.json(api.http.get("/health")));
    assertDescribed(
        "Verdicts", TestingHttp.json(api.submit("{\"domains\":[\"a.example\",\"http://\"]}")));
    assertDescribed("Seeds", TestingHttp.json(api.http.get("/api/fcrawler/seeds?limit=1")));
    Instant now = Instant.now();
    Optional<String> problem = Optional.of("there is no topic");
    api.memory
        .workers()
        .report(new WorkerReport("a", "h:1", "1", now, now, 0, 0, 0, 0, 1, 2, problem));
    api.opened("c.example");
    Eventually.holds(
        "the worker's problem is in progress", () -> api.json("c.example").has("troubledWorkers"));
    assertDescribed("Progress", api.json("c.example"));
    assertDescribed("Workers", TestingHttp.json(api.http.get("/api/fcrawler/workers")));
    api.memory.noteEmpty(new EmptyFinding(Optional.empty(), 1, Instant.EPOCH));
    assertDescribed("Recrawl", TestingHttp.json(api.http.call("POST", "/api/fcrawler/recrawl")));
    assertDescribed("Problem", TestingHttp.json(api.submit("{}")));
  }

  private void damage(String seed) {
    var _ = api.opened(seed);
    api.memory.loseQueue(new Seed(seed), new Lane(seed, 0));
    api.memory.repair(new Seed(seed));
  }

  private void assertDescribed(String schema, JsonNode answer) throws IOException {
    JsonNode described = description().at("/components/schemas/" + schema);
    assertDescribed(schema, described, answer);
    for (var property : described.path("properties").properties()) {
      JsonNode items = property.getValue().path("items");
      for (JsonNode item : answer.path(property.getKey())) {
        if (items.has("properties")) {
          assertDescribed(schema + "." + property.getKey(), items, item);
        }
      }
    }
  }

  private static void assertDescribed(String where, JsonNode schema, JsonNode answer) {
    List<String> answered = names(answer);
    assertTrue(names(schema.path("properties")).containsAll(answered), where + ": " + answered);
    schema
        .path("required")
        .forEach(name -> assertTrue(answer.has(name.textValue()), where + ": " + name));
  }

  private static List<String> names(JsonNode json) {
    List<String> names = new ArrayList<>();
    json.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** As it is served. */
  private JsonNode description() throws IOException {
    var answer = api.http.get("/openapi.yaml");
    assertEquals("application/yaml", TestingHttp.header(answer, "Content-Type"));
    return new YAMLMapper().readTree(answer.body());
  }
}
