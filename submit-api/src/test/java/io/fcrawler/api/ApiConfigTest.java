package io.fcrawler.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.config.BadConfigException;
import io.fcrawler.config.KafkaSecurity;
import io.fcrawler.config.KafkaSecurity.Protocol;
import io.fcrawler.config.KafkaSettings;
import io.fcrawler.config.ListenSettings;
import io.fcrawler.config.LogFormat;
import io.fcrawler.config.RedisSettings;
import io.fcrawler.testing.TestingCertificate;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiConfigTest {
  @TempDir static Path folder;
  private static String caFile = "";

  private static final ApiConfig DEFAULTS =
      new ApiConfig(
          ListenSettings.onLoopback(3001),
          new RedisSettings(
              List.of("redis://localhost:6379"),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              0,
              Duration.ofSeconds(3),
              Optional.empty(),
              Optional.empty()),
          new KafkaSettings(
              "localhost:9092",
              Duration.ofSeconds(5),
              1,
              new KafkaSecurity(Protocol.PLAINTEXT, Optional.empty(), Optional.empty())),
          Duration.ofSeconds(5),
          false,
          LogFormat.PLAIN);

  /** For each component keys and values that make it another than the default. */
  private static Map<String, Map<String, String>> keys() {
    return Map.ofEntries(
        Map.entry("listen.port", Map.of("PORT", "8080")),
        Map.entry("listen.bind", Map.of("FCRAWLER_BIND", "0.0.0.0")),
        Map.entry("listen.hosts", Map.of("FCRAWLER_ALLOW_HOSTS", "a.example")),
        Map.entry(
            "redis.caFile", Map.of("REDIS_URL", "rediss://redis", "REDIS_TLS_CA_FILE", caFile)),
        Map.entry("kafka.security.protocol", Map.of("KAFKA_SECURITY_PROTOCOL", "SSL")),
        Map.entry(
            "kafka.security.sasl",
            Map.of(
                "KAFKA_SECURITY_PROTOCOL", "SASL_PLAINTEXT",
                "KAFKA_SASL_MECHANISM", "SCRAM-SHA-256",
                "KAFKA_SASL_USERNAME", "me",
                "KAFKA_SASL_PASSWORD", "secret")),
        Map.entry(
            "kafka.security.caFile",
            Map.of("KAFKA_SECURITY_PROTOCOL", "SSL", "KAFKA_SSL_CA_FILE", caFile)),
        Map.entry("redis.dataDir", Map.of("REDIS_DATA_DIR", ".")),
        Map.entry("redis.addresses", Map.of("REDIS_HOST", "redis", "REDIS_PORT", "6380")),
        Map.entry(
            "redis.sentinel",
            Map.of(
                "REDIS_URL", "redis+sentinel://redis/mymaster",
                "REDIS_SENTINEL_USERNAME", "me",
                "REDIS_SENTINEL_PASSWORD", "secret")),
        Map.entry("redis.username", Map.of("REDIS_URL", "redis://me:secret@redis")),
        Map.entry("redis.password", Map.of("REDIS_USERNAME", "me", "REDIS_PASSWORD", "secret")),
        Map.entry("redis.database", Map.of("REDIS_DB", "3")),
        Map.entry("redis.connectTimeout", Map.of("REDIS_CONNECT_TIMEOUT", "1s")),
        Map.entry("kafka.bootstrapServers", Map.of("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092")),
        Map.entry("kafka.requestTimeout", Map.of("KAFKA_REQUEST_TIMEOUT", "1s")),
        Map.entry("kafka.replication", Map.of("FCRAWLER_KAFKA_REPLICATION", "3")),
        Map.entry("commandTimeout", Map.of("FCRAWLER_COMMAND_TIMEOUT", "1s")),
        Map.entry("ignoreRobotsAllowed", Map.of("FCRAWLER_ALLOW_IGNORE_ROBOTS", "true")),
        Map.entry("logFormat", Map.of("FCRAWLER_LOG_FORMAT", "json")));
  }

  @BeforeAll
  static void makeCertificate() {
    caFile = TestingCertificate.make(folder).certificate().toString();
  }

  @Test
  void everyComponentHasADefault() throws ReflectiveOperationException {
    assertEquals(components(DEFAULTS), components(ApiConfig.fromEnv(Map.of())));
  }

  @Test
  void everyComponentIsReadFromItsKeys() throws ReflectiveOperationException {
    Map<String, Object> defaults = components(DEFAULTS);
    assertEquals(defaults.keySet(), new TreeMap<>(keys()).keySet());
    for (var keys : keys().entrySet()) {
      Map<String, Object> read = components(ApiConfig.fromEnv(keys.getValue()));

      assertNotEquals(defaults.get(keys.getKey()), read.get(keys.getKey()), keys.getKey());
    }
  }

  @Test
  void theExampleHasEveryKeyWithItsDefaultAndAComment() throws Exception {
    List<String> lines = Files.readAllLines(Path.of("../.env.example"));
    Map<String, String> example = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).matches("[A-Z_]+=.*")) {
        String[] pair = lines.get(i).split("=", 2);
        assertFalse(example.containsKey(pair[0]), "twice: " + pair[0]);
        assertTrue(lines.get(i - 1).startsWith("# "), "no comment: " + pair[0]);
        example.put(pair[0], pair[1]);
      }
    }

    for (Map<String, String> keys : keys().values()) {
      keys.keySet().forEach(key -> assertTrue(example.containsKey(key), key));
    }
    assertEquals(components(DEFAULTS), components(ApiConfig.fromEnv(example)));
  }

  @Test
  void allBadKeysAreReportedAtOnce() {
    Map<String, String> bad =
        Map.of(
            "PORT", "65536",
            "REDIS_URL", "http://redis",
            "KAFKA_BOOTSTRAP_SERVERS", "kafka",
            "FCRAWLER_COMMAND_TIMEOUT", "soon",
            "FCRAWLER_ALLOW_IGNORE_ROBOTS", "perhaps",
            "FCRAWLER_BIND", "eth0",
            "FCRAWLER_ALLOW_HOSTS", "a.example:80",
            "FCRAWLER_LOG_FORMAT", "xml");
    BadConfigException e = assertThrows(BadConfigException.class, () -> ApiConfig.fromEnv(bad));

    assertEquals(bad.size(), e.problems().size(), e.getMessage());
    bad.keySet()
        .forEach(
            key -> assertTrue(e.problems().stream().anyMatch(it -> it.startsWith(key + ": "))));
  }

  @Test
  void theTextHidesThePassword() {
    ApiConfig config = ApiConfig.fromEnv(Map.of("REDIS_URL", "redis://:s3cret@redis"));

    assertFalse(config.toString().contains("s3cret"), config.toString());
  }

  /** The value of each component by its name; records within are walked too. */
  private static Map<String, Object> components(Record config) throws ReflectiveOperationException {
    Map<String, Object> values = new TreeMap<>();
    for (RecordComponent component : config.getClass().getRecordComponents()) {
      Object value = component.getAccessor().invoke(config);
      if (value instanceof Record inner) {
        components(inner).forEach((name, it) -> values.put(component.getName() + "." + name, it));
      } else {
        values.put(component.getName(), value);
      }
    }
    return values;
  }
}
