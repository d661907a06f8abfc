package io.fcrawler.store.redis;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.config.RedisSettings;
import io.fcrawler.embedded.RedisServer;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.NotPermittedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A Redis whose access list does not let the program do what it needs. */
@Tag("integration")
class NotPermittedTest {
  private static final Seed SEED = new Seed("a.example");

  @TempDir Path folder;

  @Test
  void aScriptThatTheUserMayNotRunIsRefusedInRedissOwnWords() {
    try (RedisServer redis = start("~*", "+@all", "-evalsha");
        RedisCrawlStore store = store(redis)) {
      for (Executable call : calls(store)) {
        String refusal = refusal(call);
        assertTrue(refusal.matches("NOPERM .* no permissions to run the 'evalsha' command"));
      }
      assertFalse(store.info().isEmpty());
    }
  }

  @Test
  void aCommandThatAScriptMayNotRunInTheUsersNameIsRefused() {
    try (RedisServer redis = start("~*", "+@all", "-@sortedset");
        RedisCrawlStore store = store(redis)) {
      String refusal = refusal(() -> store.index(Map.of(SEED, CrawlStatus.QUEUED)));
      assertTrue(refusal.matches("ERR (The user executing the script|ACL failure).*"), refusal);
      assertFalse(refusal.contains("@user_script"), refusal);
    }
  }

  @Test
  void keysThatTheUserMayNotTouchAreRefused() {
    try (RedisServer redis = start("~other:*", "+@all");
        RedisCrawlStore store = store(redis)) {
      for (Executable call : calls(store)) {
        assertThrows(NotPermittedException.class, call);
      }
      assertThrows(NotPermittedException.class, store::offsets);
      assertTrue(store.problem().isPresent());
    }
  }

  private static String refusal(Executable call) {
    return String.valueOf(assertThrows(NotPermittedException.class, call).getMessage());
  }

  private static List<Executable> calls(RedisCrawlStore store) {
    return List.of(
        () -> store.progress(SEED),
        () -> store.progress(List.of(SEED, new Seed("b.example"))),
        () -> store.index(Map.of(SEED, CrawlStatus.QUEUED)));
  }

  private RedisServer start(String... rules) {
    List<String> options = new ArrayList<>(List.of("--user", "limited", "on", "nopass"));
    options.add("&*");
    options.addAll(List.of(rules));
    return RedisServer.start(folder, options.toArray(String[]::new));
  }

  private static RedisCrawlStore store(RedisServer redis) {
    String url = "redis://limited:any@127.0.0.1:" + redis.port();
    return new RedisCrawlStore(RedisSettings.fromEnv(Map.of("REDIS_URL", url)));
  }
}
