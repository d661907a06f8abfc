package io.fcrawler.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.fcrawler.embedded.FurtherListener;
import io.fcrawler.embedded.KafkaProcess;
import io.fcrawler.embedded.Loopback;
import io.fcrawler.embedded.RedisServer;
import io.fcrawler.testing.TestingHttp;
import io.fcrawler.testing.TestingProxy;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** All parts as processes; Redis and Kafka are reached through proxies. */
final class TestingWhole implements AutoCloseable {
  /** Of slow machines, for what must come to be. */
  static final Duration LIMIT = Duration.ofMinutes(2);

  /** An answer that takes longer counts as a hanging request. */
  private static final Duration BOUND = Duration.ofSeconds(25);

  final TestingProxy redis;
  final TestingProxy kafka;
  final TestingProgram api;
  final List<TestingProgram> workers = new ArrayList<>();
  private final RedisServer redisServer;
  private final KafkaProcess broker;
  private final Path folder;

  TestingWhole(Path folder) throws IOException {
    this.folder = folder;
    redisServer =
        RedisServer.start(Files.createDirectory(folder.resolve("redis")), "--appendonly", "yes");
    redis = new TestingProxy(redisServer.port());
    int brokerPort = Loopback.freePort();
    kafka = new TestingProxy(brokerPort);
    Path kafkaFolder = Files.createDirectory(folder.resolve("kafka"));
    FurtherListener behind = new FurtherListener("PROXIED", brokerPort, kafka.port());
    broker = KafkaProcess.start(kafkaFolder, 0, List.of(behind));
    api = startApi("api.log");
    startWorker();
    awaitReady();
  }

  /** A further API, for the caller to close. */
  TestingProgram startApi(String log) throws IOException {
    return start("submit-api", "PORT", folder.resolve(log));
  }

  TestingProgram startWorker() throws IOException {
    Path log = folder.resolve("worker-" + workers.size() + ".log");
    TestingProgram worker = start("crawler-worker", "FCRAWLER_WORKER_PORT", log);
    workers.add(worker);
    return worker;
  }

  private TestingProgram start(String module, String portKey, Path log) throws IOException {
    int port = Loopback.freePort();
    Map<String, String> environment = new HashMap<>();
    environment.put(portKey, Integer.toString(port));
    environment.put("REDIS_URL", "redis://127.0.0.1:" + redis.port());
    environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + kafka.port());
    environment.put("FCRAWLER_ALLOW_PRIVATE", "127.0.0.0/8");
    environment.put("FCRAWLER_SCAN_INTERVAL", "500ms");
    environment.put("FCRAWLER_SESSION_TIMEOUT", "6s");
    environment.put("FCRAWLER_PARENT_PID", Long.toString(ProcessHandle.current().pid()));
    return TestingProgram.start(module, log, port, environment);
  }

  /** All parts find each other well. */
  void awaitReady() {
    await("all parts are ready", () -> api.ready() && running().stream().allMatch(p -> p.ready()));
  }

  private List<TestingProgram> running() {
    return workers.stream().filter(TestingProgram::isAlive).toList();
  }

  void await(String what, BooleanSupplier condition) {
    await(() -> what, condition);
  }

  private void await(Supplier<String> what, BooleanSupplier condition) {
    Waiting.until(LIMIT, condition, () -> what.get() + "; " + logs());
  }

  private String logs() {
    List<String> all = new ArrayList<>(api.lines());
    workers.forEach(worker -> all.addAll(worker.lines()));
    return String.join("\n", all);
  }

  /** Submits a site, to be crawled by four lanes without delay. */
  HttpResponse<String> submit(TestingPages site) {
    return submit(api, site);
  }

  static HttpResponse<String> submit(TestingProgram api, TestingPages site) {
    String json =
        "{\"domain\":\"http://%s/\",\"delayMs\":0,\"connectionsPerHost\":4}".formatted(site.seed());
    return api.http.send(
        api.http
            .request("/api/submit")
            .timeout(BOUND)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  HttpResponse<String> progress(TestingPages site) {
    String path = "/api/fcrawler/seed/" + site.seed();
    return api.http.send(api.http.request(path).timeout(BOUND).GET());
  }

  /** Waits until a site's progress is known and such. */
  JsonNode await(TestingPages site, Predicate<JsonNode> condition) {
    await(
        () -> site.seed() + ": " + progress(site).body(),
        () -> {
          HttpResponse<String> answer = progress(site);
          return answer.statusCode() == 200 && condition.test(TestingHttp.json(answer));
        });
    return TestingHttp.json(progress(site));
  }

  /** Submits a site, and waits until so many pages of it are crawled. */
  void crawl(TestingPages site, int pages) {
    HttpResponse<String> answer = submit(site);
    assertEquals(202, answer.statusCode(), answer.body());
    await(site, now -> now.path("crawled").intValue() >= pages);
  }

  /** Waits for the end, whose numbers must be exact. */
  void assertWhole(TestingPages site, int pages) {
    JsonNode done = await(site, now -> now.path("status").asText().equals("done"));
    assertEquals(pages, done.path("total").intValue(), done.toString());
    assertEquals(pages, done.path("crawled").intValue(), done.toString());
    assertEquals(pages, site.requests() - site.repeated());
    JsonNode receipt =
        TestingHttp.json(api.http.get("/api/fcrawler/seed/" + site.seed() + "/receipt"));
    assertEquals("clean", receipt.path("verdict").asText("clean"), receipt.toString());
  }

  @Override
  public void close() {
    workers.forEach(TestingProgram::close);
    api.close();
    kafka.close();
    redis.close();
    broker.close();
    redisServer.close();
  }
}
