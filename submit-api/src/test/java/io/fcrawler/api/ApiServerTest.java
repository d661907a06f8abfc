package io.fcrawler.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fcrawler.config.KafkaSettings;
import io.fcrawler.config.ListenSettings;
import io.fcrawler.config.RedisSettings;
import io.fcrawler.embedded.KafkaProcess;
import io.fcrawler.embedded.RedisServer;
import io.fcrawler.kafka.KafkaCommandLog;
import io.fcrawler.store.redis.RedisCrawlStore;
import io.fcrawler.store.watch.RedisWatch;
import io.fcrawler.testing.Eventually;
import io.fcrawler.testing.TestingHttp;
import io.fcrawler.testing.TestingKafka;
import io.fcrawler.testing.TestingMetadata;
import io.fcrawler.testing.TestingRedis;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API with a real Redis and a real Kafka, which come and go. */
@Tag("integration")
class ApiServerTest {
  private static final String REQUEST = "{\"domain\":\"a.example\"}";
  private static final String SEED = "/api/fcrawler/seed/a.example";

  @TempDir Path redisFolder;
  @TempDir Path kafkaFolder;

  @Test
  void whatComesAndGoesIsToldAndRepaired() {
    try (RedisServer redis = TestingRedis.startPrivate(redisFolder);
        KafkaProcess kafka = TestingKafka.startPrivate(kafkaFolder);
        ApiServer api = api(redis, kafka);
        TestingHttp http = new TestingHttp(api.port())) {
      Eventually.holds("ready", () -> http.get("/readyz").statusCode() == 200);
      JsonNode crawl = submitted(http);
      assertEquals("queued", TestingHttp.json(http.get(SEED)).path("status").textValue());

      kafka.kill();
      assertEquals(503, http.post("/api/submit", "{\"domain\":\"b.example\"}").statusCode());
      assertEquals(503, http.call("POST", SEED + "/pause").statusCode());
      assertEquals(200, http.get(SEED).statusCode());
      assertTrue(notReady(http, "kafka"));

      kafka.restart();
      Eventually.holds("ready again", () -> http.get("/readyz").statusCode() == 200);
      assertEquals(202, http.call("POST", SEED + "/pause").statusCode());

      JsonNode health = TestingHttp.json(http.get("/health"));
      assertEquals("ok", health.path("status").textValue(), health.toString());
      assertTrue(http.get("/metrics").body().contains("fcrawler_redis_warning{kind=\"disk_low\""));

      redis.kill();
      assertEquals(503, http.get(SEED).statusCode());
      assertTrue(notReady(http, "redis"));
      assertEquals(202, http.post("/api/submit", "{\"domain\":\"c.example\"}").statusCode());

      redis.restart();
      Eventually.holds("known again", () -> http.get(SEED).statusCode() == 200);
      assertEquals(crawl.path("crawlId"), TestingHttp.json(http.get(SEED)).path("crawlId"));
    }
  }

  @Test
  void aStateThatANewerProgramTookOverIsNotServed() {
    try (RedisServer redis = TestingRedis.startPrivate(redisFolder);
        ApiServer api = api(redis, "127.0.0.1:1");
        TestingHttp http = new TestingHttp(api.port())) {
      assertEquals(404, http.get(SEED).statusCode());

      TestingMetadata.put(redis.url(), "schemaVersion", "2");
      Eventually.holds("it is refused", () -> http.get(SEED).statusCode() == 503);
      String detail = TestingApi.problem(503, http.get(SEED));
      assertTrue(detail.contains("the state in Redis has schemaVersion 2"), detail);
      assertEquals(503, http.get("/api/fcrawler/seeds").statusCode());
      JsonNode redisCheck = TestingHttp.json(http.get("/readyz")).at("/checks/redis");
      assertTrue(redisCheck.path("detail").asText().contains("schemaVersion 2"));

      TestingMetadata.put(redis.url(), "schemaVersion", "1");
      assertEquals(404, http.get(SEED).statusCode());
    }
  }

  private static ApiServer api(RedisServer redis, KafkaProcess kafka) {
    return api(redis, kafka.bootstrapServers());
  }

  private static ApiServer api(RedisServer redis, String kafka) {
    RedisSettings redisSettings = RedisSettings.fromEnv(Map.of("REDIS_URL", redis.url()));
    KafkaSettings kafkaSettings =
        KafkaSettings.fromEnv(
            Map.of("KAFKA_BOOTSTRAP_SERVERS", kafka, "KAFKA_REQUEST_TIMEOUT", "2s"));
    RedisCrawlStore store = new RedisCrawlStore(redisSettings);
    return new ApiServer(
        ListenSettings.onLoopback(0),
        store,
        new KafkaCommandLog(kafkaSettings, Duration.ofSeconds(3)),
        new RedisWatch(store::info, Optional.of(redis.directory())),
        false);
  }

  private static JsonNode submitted(TestingHttp http) {
    HttpResponse<String> answer = http.post("/api/submit", REQUEST);
    assertEquals(202, answer.statusCode(), answer.body());
    HttpResponse<String> again = http.post("/api/submit", REQUEST);
    assertEquals(200, again.statusCode(), again.body());
    assertEquals(TestingHttp.json(answer).path("crawlId"), TestingHttp.json(again).path("crawlId"));
    return TestingHttp.json(answer);
  }

  private static boolean notReady(TestingHttp http, String name) {
    HttpResponse<String> answer = http.get("/readyz");
    assertEquals(503, answer.statusCode());
    return !TestingHttp.json(answer).path("checks").path(name).path("ok").booleanValue();
  }
}
