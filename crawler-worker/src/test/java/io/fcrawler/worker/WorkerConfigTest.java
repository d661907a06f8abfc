package io.fcrawler.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.config.BadConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class WorkerConfigTest {
  /** A key, a value that is not the default, and what it sets. */
  private record Mapping(String key, String value, Function<WorkerConfig, Object> component) {}

  private static final List<Mapping> MAPPINGS =
      List.of(
          new Mapping("KAFKA_BOOTSTRAP_SERVERS", "k:1", WorkerConfig::kafka),
          new Mapping("REDIS_HOST", "r", WorkerConfig::redis),
          new Mapping("FCRAWLER_WORKER_PORT", "4000", WorkerConfig::listen),
          new Mapping("FCRAWLER_BIND", "::", WorkerConfig::listen),
          new Mapping("FCRAWLER_ALLOW_HOSTS", "a.example", WorkerConfig::listen),
          new Mapping("FCRAWLER_SESSION_TIMEOUT", "7s", WorkerConfig::sessionTimeout),
          new Mapping("FCRAWLER_SCAN_INTERVAL", "9s", WorkerConfig::scan),
          new Mapping("FCRAWLER_RECOVERY_BATCH", "70", WorkerConfig::recoveryBatch),
          new Mapping("FCRAWLER_USER_AGENT", "other/1", WorkerConfig::fetch),
          new Mapping("FCRAWLER_ALLOW_PRIVATE", "10.0.0.0/8", WorkerConfig::fetch),
          new Mapping("FCRAWLER_ALLOW_PORTS", "80,443", WorkerConfig::fetch),
          new Mapping("FCRAWLER_TLS_VERIFY", "false", WorkerConfig::fetch),
          new Mapping("FCRAWLER_CONNECT_TIMEOUT", "4s", WorkerConfig::fetch),
          new Mapping("FCRAWLER_READ_TIMEOUT", "5s", WorkerConfig::fetch),
          new Mapping("FCRAWLER_CALL_TIMEOUT", "6s", WorkerConfig::fetch),
          new Mapping("FCRAWLER_BODY_LIMIT", "1000000", WorkerConfig::fetch),
          new Mapping("FCRAWLER_RESOLVE", "a.example=127.0.0.1", WorkerConfig::fetch),
          new Mapping("FCRAWLER_COOKIES", "off", WorkerConfig::cookies),
          new Mapping("FCRAWLER_RETRIES", "8", WorkerConfig::retries),
          new Mapping("FCRAWLER_RETRY_DELAY", "8s", WorkerConfig::retries),
          new Mapping("FCRAWLER_ADAPTIVE_DELAY", "8", WorkerConfig::adaptive),
          new Mapping("FCRAWLER_ADAPTIVE_LEAST", "8s", WorkerConfig::adaptive),
          new Mapping("FCRAWLER_ADAPTIVE_MOST", "8s", WorkerConfig::adaptive),
          new Mapping("FCRAWLER_HOST_FAILURES", "8", WorkerConfig::patience),
          new Mapping("FCRAWLER_HOST_PAUSE", "8s", WorkerConfig::patience),
          new Mapping("FCRAWLER_HOST_GIVE_UP", "8s", WorkerConfig::patience),
          new Mapping("FCRAWLER_ON_EMPTY_STATE", "wait", WorkerConfig::onEmptyState),
          new Mapping("FCRAWLER_EMPTY_STATE_GRACE", "8s", WorkerConfig::onEmptyState));

  @Test
  void everyKeySetsItsComponentAndNoOther() {
    WorkerConfig defaults = WorkerConfig.fromEnv(Map.of());
    for (Mapping mapping : MAPPINGS) {
      WorkerConfig config = WorkerConfig.fromEnv(Map.of(mapping.key(), mapping.value()));
      List<Object> changed = components(config);
      changed.removeAll(components(defaults));
      assertEquals(List.of(mapping.component().apply(config)), changed, mapping.key());
    }
  }

  @Test
  void everyComponentHasAKey() {
    WorkerConfig defaults = WorkerConfig.fromEnv(Map.of());
    assertEquals(
        components(defaults).size(),
        MAPPINGS.stream().map(mapping -> mapping.component().apply(defaults)).distinct().count());
  }

  private static List<Object> components(WorkerConfig config) {
    return new java.util.ArrayList<>(
        Arrays.stream(WorkerConfig.class.getRecordComponents())
            .map(component -> {
              try {
                return component.getAccessor().invoke(config);
              } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
              }
            })
            .toList());
  }

  @Test
  void everyKeyIsDocumented() throws IOException {
    String example = Files.readString(Path.of("../.env.example"));
    String readme = Files.readString(Path.of("../README.md"));
    for (Mapping mapping : MAPPINGS) {
      assertTrue(example.contains("\n" + mapping.key() + "="), mapping.key() + " in .env.example");
      assertTrue(readme.contains("`" + mapping.key() + "`"), mapping.key() + " in README.md");
    }
  }

  @Test
  void allBadKeysAreReportedAtOnce() {
    String message =
        String.valueOf(
            assertThrows(
                    BadConfigException.class,
                    () ->
                        WorkerConfig.fromEnv(
                            Map.of(
                                "FCRAWLER_RETRIES", "many",
                                "FCRAWLER_COOKIES", "some",
                                "FCRAWLER_ALLOW_PRIVATE", "10.0.0.0/99",
                                "FCRAWLER_SCAN_INTERVAL", "soon")))
                .getMessage());
    for (String key :
        List.of(
            "FCRAWLER_RETRIES",
            "FCRAWLER_COOKIES",
            "FCRAWLER_ALLOW_PRIVATE",
            "FCRAWLER_SCAN_INTERVAL")) {
      assertTrue(message.contains(key), message);
    }
  }
}
