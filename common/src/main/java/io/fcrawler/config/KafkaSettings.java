package io.fcrawler.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * How Kafka is reached.
 *
 * @param bootstrapServers {@code host:port}, several with commas between
 * @param requestTimeout how long a client waits for one answer of a broker
 * @param replication of the topics that are made where they are absent; 1 to 32,767
 */
public record KafkaSettings(
    String bootstrapServers, Duration requestTimeout, int replication, KafkaSecurity security) {
  private static final String DEFAULT_SERVERS = "localhost:9092";
  private static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(5);

  /**
   * Reads {@code KAFKA_BOOTSTRAP_SERVERS}, {@code KAFKA_REQUEST_TIMEOUT}, {@code
   * FCRAWLER_KAFKA_REPLICATION} and the keys of {@link KafkaSecurity}.
   */
  public static KafkaSettings from(Env env) {
    return new KafkaSettings(
        env.parsed("KAFKA_BOOTSTRAP_SERVERS", DEFAULT_SERVERS, KafkaSettings::servers),
        env.duration(
            "KAFKA_REQUEST_TIMEOUT",
            DEFAULT_REQUEST_TIMEOUT,
            Duration.ofMillis(100),
            Duration.ofMinutes(10)),
        env.integer("FCRAWLER_KAFKA_REPLICATION", 1, 1, Short.MAX_VALUE),
        KafkaSecurity.from(env));
  }

  /** As {@link #from}; throws {@link BadConfigException} for whatever is wrong. */
  public static KafkaSettings fromEnv(Map<String, String> variables) {
    Env env = new Env(variables);
    KafkaSettings settings = from(env);
    env.check();
    return settings;
  }

  /** What every client of this Kafka needs, whether producer, consumer or admin; a new copy. */
  public Properties clientProperties() {
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", bootstrapServers);
    properties.setProperty("request.timeout.ms", String.valueOf(requestTimeout.toMillis()));
    properties.setProperty("reconnect.backoff.max.ms", "1000");
    security.addTo(properties);
    return properties;
  }

  private static String servers(String value) {
    return Arrays.stream(value.split(",", -1))
        .map(server -> HostPort.parse(server.strip(), 0).toString())
        .collect(Collectors.joining(","));
  }
}
