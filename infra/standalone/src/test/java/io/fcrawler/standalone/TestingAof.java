package io.fcrawler.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fcrawler.embedded.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Redis that was killed, and its append-only file. */
final class TestingAof {
  /** Set by a command each, before the transaction. */
  static final int KEYS = 50;

  private static final String TRANSACTION =
      "redis.call('SET','a',1) redis.call('SET','b',2) return redis.call('SET','c',3)";
  private static final String NEXT = "redis.call('SET','d',1) return redis.call('SET','e',2)";

  private final Path dir;

  TestingAof(Path dir) {
    this.dir = dir;
  }

  RedisServer start() {
    List<String> options = new ArrayList<>(AofRepair.REDIS_OPTIONS);
    options.addAll(List.of("--appendonly", "yes", "--appendfsync", "always"));
    return RedisServer.start(dir, options.toArray(String[]::new));
  }

  /** The file of a new Redis with {@link #KEYS} keys. */
  Path writeAndKill() throws IOException {
    RedisServer redis = start();
    for (int i = 0; i < KEYS; i++) {
      assertEquals("+OK", TestingInlineRedis.call(redis.port(), "SET key" + i + " value" + i));
    }
    redis.kill();
    return new AppendOnlyFiles(dir).lastIncrement().orElseThrow();
  }

  /** Adds a transaction, and answers where in the file it begins. */
  int addTransaction(Path file) throws IOException {
    int begin = (int) Files.size(file);
    try (RedisServer redis = start()) {
      run(redis, TRANSACTION);
      redis.kill();
    }
    return begin;
  }

  /** Writes on, is killed, loads all, and has no part of a transaction that was cut. */
  void assertGoesOnWithout(RedisServer redis, String what) throws IOException {
    run(redis, NEXT);
    redis.kill();
    redis.restart();
    assertEquals(":" + (KEYS + 2), TestingInlineRedis.call(redis.port(), "DBSIZE"), what);
  }

  private static void run(RedisServer redis, String script) throws IOException {
    assertEquals("+OK", TestingInlineRedis.call(redis.port(), "EVAL \"" + script + "\" 0"));
  }
}
