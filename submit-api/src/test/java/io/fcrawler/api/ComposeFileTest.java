package io.fcrawler.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Compose's files beside {@code .env.example}, which has the settings of the programs. */
class ComposeFileTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern TITLE = Pattern.compile("# --- (.*) ---");
  private static final Pattern SETTING = Pattern.compile("(?:# )?([A-Z_]+)=(.*)");
  private static final String COMPOSE = read("infra/docker-compose.yml");
  private static final String SECURE = read("infra/docker-compose.secure.yml");
  private static final Map<String, Map<String, String>> EXAMPLE = example();
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(?::-([^}]*)|:\\?[^}]*)?}");

  /** Settings that are the same in every container: the ports within, and REDIS_URL's parts. */
  private static final Set<String> FIXED =
      Set.of("PORT", "FCRAWLER_WORKER_PORT", "FCRAWLER_BIND", "REDIS_HOST", "REDIS_PORT");

  @Test
  void everySettingOfTheProgramsReachesTheirServices() {
    assertEquals(expected("Both programs", "Submit API"), environment("submit-api").keySet());
    assertEquals(
        expected("Both programs", "Crawler worker"), environment("crawler-worker").keySet());
  }

  @Test
  void everySettingIsPassedOnOrHasAValueOfTheFile() {
    Map<String, String> given =
        Map.of(
            "REDIS_URL", "${FCRAWLER_REDIS_URL:-redis://redis:6379}",
            "REDIS_DATA_DIR", "/redis",
            "KAFKA_BOOTSTRAP_SERVERS", "${FCRAWLER_KAFKA_SERVERS:-kafka:29092}");
    for (String program : List.of("submit-api", "crawler-worker")) {
      environment(program)
          .forEach((key, value) -> assertEquals(given.get(key), value, program + ": " + key));
    }
  }

  @Test
  void everyVariableOfTheFilesIsDescribedWithItsDefault() {
    Map<String, String> described = new HashMap<>();
    EXAMPLE.values().forEach(described::putAll);
    for (MatchResult variable : variables()) {
      String key = variable.group(1);
      assertTrue(described.containsKey(key), key + " in .env.example");
      if (variable.group(2) != null) {
        assertEquals(described.get(key), variable.group(2), key);
      }
    }
  }

  @Test
  void everySettingOfComposeIsUsed() {
    Set<String> used = new TreeSet<>(environment("submit-api").keySet());
    variables().forEach(variable -> used.add(variable.group(1)));
    assertEquals(Set.of(), without(section("infra/docker-compose.yml").keySet(), used));
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis", "kafka", "submit-api", "crawler-worker"})
  void everyServiceRestartsAndIsBounded(String name) {
    Map<String, Object> service = service(COMPOSE, name);
    assertEquals("unless-stopped", service.get("restart"));
    assertTrue(String.valueOf(service.get("mem_limit")).startsWith("${"), "memory of " + name);
    assertTrue(service.containsKey("stop_grace_period"), "time to stop of " + name);
    Map<String, Object> log = map(map(service.get("logging")).get("options"));
    assertEquals(Set.of("max-size", "max-file"), log.keySet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis", "kafka", "submit-api", "crawler-worker"})
  void everyServiceHasAHealthcheck(String name) {
    Map<String, Object> service = service(COMPOSE, name);
    if (service.containsKey("build")) {
      String dockerfile = read(String.valueOf(map(service.get("build")).get("dockerfile")));
      assertTrue(dockerfile.matches("(?s).*\nHEALTHCHECK [^\n]*\\\\\n[^\n]*/readyz.*"), name);
    } else {
      Map<String, Object> check = map(service.get("healthcheck"));
      assertEquals(Set.of("test", "interval", "timeout", "retries"), check.keySet());
    }
  }

  @Test
  void theProgramsBeginWhenTheServersAreHealthy() {
    Map<String, Object> healthy = Map.of("condition", "service_healthy");
    Map<String, Object> servers = Map.of("redis", healthy, "kafka", healthy);
    assertEquals(servers, service(COMPOSE, "submit-api").get("depends_on"));
    assertEquals(servers, service(COMPOSE, "crawler-worker").get("depends_on"));
    assertEquals(
        Map.of("kafka-volume", Map.of("condition", "service_completed_successfully")),
        service(COMPOSE, "kafka").get("depends_on"));
  }

  @Test
  void whatMustOutliveContainersIsInVolumes() {
    assertTrue(list("redis", "volumes").contains("../volumes/redis:/data"));
    Object kafkaFolder = environment("kafka").get("KAFKA_LOG_DIRS");
    assertTrue(list("kafka", "volumes").contains("../volumes/kafka:" + kafkaFolder));
    for (String program : List.of("submit-api", "crawler-worker")) {
      Object seen = environment(program).get("REDIS_DATA_DIR");
      assertEquals(List.of("../volumes/redis:" + seen + ":ro"), list(program, "volumes"));
    }
  }

  @Test
  void redisKeepsWhatItIsGiven() {
    String command = String.valueOf(service(COMPOSE, "redis").get("command"));
    for (String option :
        List.of(
            "--appendonly yes",
            "--appendfsync ${REDIS_APPENDFSYNC:-everysec}",
            "--aof-load-truncated no",
            "--maxmemory-policy noeviction")) {
      assertTrue(command.contains(option), option);
    }
  }

  @Test
  void nothingListensOnOtherAddressesUnasked() {
    List<Object> ports = new ArrayList<>();
    for (String name : services(COMPOSE).keySet()) {
      ports.addAll(list(name, "ports"));
    }
    assertEquals(
        List.of(
            "127.0.0.1:${REDIS_PORT:-6379}:6379",
            "127.0.0.1:${KAFKA_PORT:-9092}:9092",
            "${FCRAWLER_BIND:-127.0.0.1}:${PORT:-3001}:3001"),
        ports);
  }

  @Test
  void workersCanBeAsManyAsOneLikes() {
    Map<String, Object> worker = service(COMPOSE, "crawler-worker");
    assertEquals(List.of(), list("crawler-worker", "ports"));
    assertFalse(worker.containsKey("container_name"), "a name is of one container");
  }

  @Test
  void theSecureFileChangesServicesOfTheFirst() {
    assertTrue(services(COMPOSE).keySet().containsAll(services(SECURE).keySet()));
    for (String program : List.of("submit-api", "crawler-worker")) {
      Map<String, Object> secure = map(service(SECURE, program).get("environment"));
      assertTrue(environment(program).keySet().containsAll(secure.keySet()), program);
      assertEquals("rediss://redis:6379", secure.get("REDIS_URL"));
    }
  }

  /** The keys of sections that a service takes from its environment, and the JVM's own. */
  private static Set<String> expected(String... sections) {
    Set<String> keys = new TreeSet<>(Set.of("JDK_JAVA_OPTIONS"));
    for (String section : sections) {
      keys.addAll(section(section).keySet());
    }
    return without(keys, FIXED);
  }

  private static Set<String> without(Set<String> keys, Set<String> others) {
    Set<String> rest = new TreeSet<>(keys);
    rest.removeAll(others);
    return rest;
  }

  private static Map<String, String> section(String title) {
    return EXAMPLE.entrySet().stream()
        .filter(section -> section.getKey().startsWith(title))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, Object> environment(String name) {
    return map(service(COMPOSE, name).get("environment"));
  }

  private static List<Object> list(String name, String key) {
    return service(COMPOSE, name).get(key) instanceof List<?> values
        ? List.copyOf(values)
        : List.of();
  }

  private static Map<String, Object> service(String file, String name) {
    return map(services(file).get(name));
  }

  private static Map<String, Object> services(String file) {
    Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    return map(map(yaml.load(file)).get("services"));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(@Nullable Object yaml) {
    return (Map<String, Object>) Objects.requireNonNull(yaml);
  }

  private static List<MatchResult> variables() {
    String code = (COMPOSE + SECURE).replaceAll("(?m)^ *#.*$", "");
    return VARIABLE.matcher(code).results().toList();
  }

  /**
   * The sections of {@code .env.example} by their titles: keys, some commented out, with values.
   */
  private static Map<String, Map<String, String>> example() {
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    Map<String, String> current = new LinkedHashMap<>();
    for (String line : read(".env.example").lines().toList()) {
      Matcher title = TITLE.matcher(line);
      Matcher setting = SETTING.matcher(line);
      if (title.matches()) {
        current = new LinkedHashMap<>();
        sections.put(title.group(1), current);
      } else if (setting.matches()) {
        current.put(setting.group(1), setting.group(2));
      }
    }
    return sections;
  }

  private static String read(String file) {
    try {
      return Files.readString(ROOT.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
