package io.fcrawler.store.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.embedded.Loopback;
import io.fcrawler.embedded.RedisServer;
import io.fcrawler.store.CrawlStoreContract;
import io.fcrawler.store.StoreBackend;
import io.fcrawler.testing.Eventually;
import io.fcrawler.testing.TestingRedis;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/**
 * Guards the rule that every key that a script touches is passed in KEYS, and that all keys of a
 * script share one hash tag: the whole contract runs while Redis's MONITOR shows what scripts do,
 * on a cluster's only node, which refuses keys of several slots.
 */
@Tag("integration")
final class ScriptKeysTest implements CrawlStoreContract {
  private static final Pattern TAG = Pattern.compile("\\{([^}]+)}");

  /** Commands of scripts that touch no key. */
  private static final Set<String> KEYLESS = Set.of("time", "publish");

  @TempDir private static Path folder;
  private static RedisServer redis;
  private static RedisBackend backend;

  private final List<String> lines = new ArrayList<>();
  private final Socket monitor;
  private final Thread reader;

  @BeforeAll
  static void startCluster() {
    String port = Integer.toString(Loopback.freePort());
    redis = TestingRedis.startPrivate(folder, "--cluster-enabled", "yes", "--cluster-port", port);
    TestingRedis.call(redis, "CLUSTER", "ADDSLOTSRANGE", "0", "16383");
    Eventually.holds(
        "the cluster is up",
        () -> TestingRedis.call(redis, "CLUSTER", "INFO").contains("cluster_state:ok"));
    backend = new RedisBackend(redis.url());
  }

  @AfterAll
  static void everyScriptWasRun() {
    for (Script script : Script.values()) {
      List<String> known = TestingRedis.call(redis, "SCRIPT", "EXISTS", script.sha1());
      assertEquals(List.of("*1", ":1"), known, script.name());
    }
    backend.close();
    redis.close();
  }

  ScriptKeysTest() throws IOException {
    monitor = new Socket(Loopback.ADDRESS, redis.port());
    reader = Thread.ofVirtual().unstarted(this::read);
  }

  @Override
  public StoreBackend backend() {
    return backend;
  }

  @BeforeEach
  void watch() throws IOException {
    backend.clear();
    monitor.getOutputStream().write("MONITOR\r\n".getBytes(StandardCharsets.US_ASCII));
    reader.start();
  }

  private void read() {
    try {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(monitor.getInputStream(), StandardCharsets.ISO_8859_1));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        synchronized (lines) {
          lines.add(line);
        }
        if (line.contains("\"end of the test\"")) {
          return;
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @AfterEach
  void check() throws Exception {
    backend.client().getBucket("end of the test").isExists();
    reader.join(java.time.Duration.ofSeconds(20));
    monitor.close();
    assertTrue(lines.size() > 1, "MONITOR showed nothing");
    assertEquals(Set.of(), undeclared());
  }

  /** Keys that a script touched, but was not given; and scripts with keys of several tags. */
  private Set<String> undeclared() {
    Set<String> found = new TreeSet<>();
    Optional<Set<String>> declared = Optional.empty();
    for (String line : List.copyOf(lines)) {
      List<String> words = words(line);
      if (line.contains(" lua] ")) {
        declared.ifPresent(keys -> found.addAll(beyond(keys, words)));
      } else {
        boolean ours = !words.isEmpty() && words.getFirst().equalsIgnoreCase("evalsha");
        declared = ours ? Optional.of(keys(words)) : Optional.empty();
        assertTrue(declared.isEmpty() || tags(declared.get()).size() <= 1, line);
      }
    }
    return found;
  }

  private static Set<String> beyond(Set<String> declared, List<String> words) {
    String command = words.getFirst().toLowerCase(Locale.ROOT);
    Set<String> touched = new HashSet<>();
    if (command.equals("mget") || command.equals("del") || command.equals("unlink")) {
      touched.addAll(words.subList(1, words.size()));
    } else if (command.equals("mset")) {
      for (int i = 1; i < words.size(); i += 2) {
        touched.add(words.get(i));
      }
    } else if (!KEYLESS.contains(command)) {
      touched.add(words.get(1));
    }
    touched.removeAll(declared);
    return touched;
  }

  private static Set<String> keys(List<String> evalsha) {
    int count = Integer.parseInt(evalsha.get(2));
    return new HashSet<>(evalsha.subList(3, 3 + count));
  }

  private static Set<String> tags(Set<String> keys) {
    Set<String> tags = new HashSet<>();
    for (String key : keys) {
      Matcher tag = TAG.matcher(key);
      tags.add(tag.find() ? tag.group(1) : key);
    }
    return tags;
  }

  /** The quoted words of a line of MONITOR. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    int at = line.indexOf('"');
    while (at >= 0) {
      int end = at + 1;
      while (line.charAt(end) != '"') {
        end += line.charAt(end) == '\\' ? 2 : 1;
      }
      words.add(line.substring(at + 1, end));
      at = line.indexOf('"', end + 1);
    }
    return words;
  }
}
