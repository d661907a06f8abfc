package io.fcrawler.worker;

import io.fcrawler.embedded.KafkaProcess;
import io.fcrawler.embedded.RedisServer;
import io.fcrawler.testing.TestingKafka;
import io.fcrawler.testing.TestingRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A deployment with a Redis and a Kafka of its own. */
final class OwnServers implements AutoCloseable {
  final RedisServer redis;
  final KafkaProcess kafka;
  final Deployment deployment;

  OwnServers(Path folder, Map<String, String> settings) throws IOException, InterruptedException {
    redis = TestingRedis.startPrivate(Files.createDirectory(folder.resolve("redis")));
    kafka = TestingKafka.startPrivate(Files.createDirectory(folder.resolve("kafka")));
    deployment = new Deployment(kafka.bootstrapServers(), redis.url(), settings);
  }

  @Override
  public void close() {
    deployment.close();
    kafka.close();
    redis.close();
  }
}
