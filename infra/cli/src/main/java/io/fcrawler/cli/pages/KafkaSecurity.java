package io.fcrawler.cli.pages;

import io.fcrawler.cli.exit.UsageException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;

/** How Kafka is told who asks, and proves itself: by the variables that all of fcrawler reads. */
final class KafkaSecurity {
  private static final Set<String> PROTOCOLS =
      Set.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL");
  private static final Map<String, String> LOGIN_MODULES =
      Map.of(
          "PLAIN", "org.apache.kafka.common.security.plain.PlainLoginModule",
          "SCRAM-SHA-256", "org.apache.kafka.common.security.scram.ScramLoginModule",
          "SCRAM-SHA-512", "org.apache.kafka.common.security.scram.ScramLoginModule");

  private final Map<String, String> env;

  KafkaSecurity(Map<String, String> env) {
    this.env = env;
  }

  /** A client's settings. */
  Map<String, Object> properties() {
    Map<String, Object> properties = new HashMap<>();
    String protocol = oneOf("KAFKA_SECURITY_PROTOCOL", "PLAINTEXT", PROTOCOLS);
    properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol);
    if (protocol.startsWith("SASL_")) {
      String mechanism = oneOf("KAFKA_SASL_MECHANISM", "PLAIN", LOGIN_MODULES.keySet());
      properties.put(SaslConfigs.SASL_MECHANISM, mechanism);
      properties.put(SaslConfigs.SASL_JAAS_CONFIG, jaas(mechanism));
    }
    String caFile = value("KAFKA_SSL_CA_FILE", "");
    if (!caFile.isEmpty()) {
      properties.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
      properties.put(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, caFile);
    }
    return properties;
  }

  private String jaas(String mechanism) {
    String username = value("KAFKA_SASL_USERNAME", "");
    String password = env.getOrDefault("KAFKA_SASL_PASSWORD", "");
    if (username.isEmpty() || password.isEmpty()) {
      throw new UsageException(
          "KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD are needed where KAFKA_SECURITY_PROTOCOL has SASL");
    }
    return "%s required username=\"%s\" password=\"%s\";"
        .formatted(LOGIN_MODULES.get(mechanism), escaped(username), escaped(password));
  }

  private static String escaped(String text) {
    String quoted = text.replace("\\", "\\\\").replace("\"", "\\\"");
    return quoted.replace("\n", "\\n").replace("\r", "\\r");
  }

  private String oneOf(String key, String otherwise, Set<String> right) {
    String value = value(key, otherwise);
    if (!right.contains(value)) {
      throw new UsageException(key + " must be one of " + right + ", not " + value);
    }
    return value;
  }

  private String value(String key, String otherwise) {
    String value = env.getOrDefault(key, "").strip();
    return value.isEmpty() ? otherwise : value;
  }
}
