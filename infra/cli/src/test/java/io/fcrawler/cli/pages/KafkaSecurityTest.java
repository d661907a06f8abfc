package io.fcrawler.cli.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.cli.exit.UsageException;
import java.util.Map;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.Test;

final class KafkaSecurityTest {
  private static Map<String, Object> properties(Map<String, String> env) {
    return new KafkaSecurity(env).properties();
  }

  @Test
  void nothing_said_means_a_kafka_that_asks_nothing() {
    assertEquals(
        Map.of("security.protocol", "PLAINTEXT"), properties(Map.of("KAFKA_SSL_CA_FILE", " ")));
  }

  @Test
  void the_password_comes_through_whatever_its_characters() {
    String password = " a\"b\\\n;'";
    Map<String, Object> properties =
        properties(
            Map.of(
                "KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                "KAFKA_SASL_MECHANISM", "SCRAM-SHA-256",
                "KAFKA_SASL_USERNAME", "me",
                "KAFKA_SASL_PASSWORD", password,
                "KAFKA_SSL_CA_FILE", "ca.pem"));
    Password jaas = new Password(String.valueOf(properties.get("sasl.jaas.config")));

    assertEquals("SCRAM-SHA-256", properties.get("sasl.mechanism"));
    assertEquals("PEM", properties.get("ssl.truststore.type"));
    assertEquals("ca.pem", properties.get("ssl.truststore.location"));
    assertEquals(
        Map.of("username", "me", "password", password),
        JaasContext.loadClientContext(Map.of("sasl.jaas.config", jaas))
            .configurationEntries()
            .getFirst()
            .getOptions());
  }

  @Test
  void what_is_wrong_is_told_with_what_would_be_right() {
    assertTrue(refused(Map.of("KAFKA_SECURITY_PROTOCOL", "TLS")).contains("SASL_SSL"));
    assertTrue(
        refused(Map.of("KAFKA_SECURITY_PROTOCOL", "SASL_SSL", "KAFKA_SASL_MECHANISM", "X"))
            .contains("SCRAM-SHA-256"));
    assertTrue(
        refused(Map.of("KAFKA_SECURITY_PROTOCOL", "SASL_SSL"))
            .startsWith("KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD are needed"));
  }

  private static String refused(Map<String, String> env) {
    return assertThrows(UsageException.class, () -> properties(env)).line();
  }
}
