package io.fcrawler.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.fcrawler.embedded.RedisServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

@Tag("integration")
class TestingServersTest {
  @TempDir Path dir;

  @Test
  void theSharedRedisKeepsWhatIsWritten() {
    assertEquals(TestingRedis.url(), TestingRedis.url());
    write(TestingRedis.url(), "v");

    assertEquals("v", read(TestingRedis.url()));
  }

  @Test
  void aPrivateRedisMayBeEndedAndStartedAgain() {
    try (RedisServer redis = TestingRedis.startPrivate(dir)) {
      write(redis.url(), "kept");

      redis.restart();

      assertEquals("kept", read(redis.url()));
    }
  }

  @Test
  void theSharedKafkaAnswers() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestingKafka.bootstrapServers()))) {
      assertFalse(admin.describeCluster().nodes().get(120, TimeUnit.SECONDS).isEmpty());
    }
  }

  private static void write(String url, String value) {
    RedissonClient redis = connect(url);
    redis.getBucket("TestingServersTest", StringCodec.INSTANCE).set(value);
    redis.shutdown();
  }

  private static Object read(String url) {
    RedissonClient redis = connect(url);
    Object value = redis.getBucket("TestingServersTest", StringCodec.INSTANCE).get();
    redis.shutdown();
    return value;
  }

  private static RedissonClient connect(String url) {
    Config config = new Config();
    config.useSingleServer().setAddress(url).setConnectionMinimumIdleSize(1);
    return Redisson.create(config);
  }
}
