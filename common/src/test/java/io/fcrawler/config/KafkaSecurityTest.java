package io.fcrawler.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fcrawler.testing.TestingCertificate;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSecurityTest {
  private static final Map<String, String> SASL =
      Map.of(
          "KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
          "KAFKA_SASL_MECHANISM", "SCRAM-SHA-512",
          "KAFKA_SASL_USERNAME", "me",
          "KAFKA_SASL_PASSWORD", "s3cret");

  @TempDir Path folder;

  private static Properties properties(Map<String, String> variables) {
    return KafkaSettings.fromEnv(variables).clientProperties();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"plain", "a\"b", "a\\", "\\\"", "a b;c='d'//e/*f", "x\ny\r\tz", "äß€", " "})
  void kafkaReadsThePasswordAsItIs(String password) {
    Map<String, String> variables = new HashMap<>(SASL);
    variables.put("KAFKA_SASL_PASSWORD", password);
    String jaas = properties(variables).getProperty("sasl.jaas.config");
    Map<String, ?> options =
        JaasContext.loadClientContext(Map.of("sasl.jaas.config", new Password(jaas)))
            .configurationEntries()
            .getFirst()
            .getOptions();

    assertEquals(Map.of("username", "me", "password", password), options);
  }

  @Test
  void kafkaTakesTheProperties() {
    String file = TestingCertificate.make(folder).certificate().toString();
    Properties tls =
        properties(Map.of("KAFKA_SECURITY_PROTOCOL", "SSL", "KAFKA_SSL_CA_FILE", file));
    assertEquals("PEM", tls.getProperty("ssl.truststore.type"));
    for (Properties each : List.of(tls, properties(SASL), properties(Map.of()))) {
      Admin.create(each).close();
    }
  }

  @Test
  void theTextHidesThePassword() {
    String text = KafkaSettings.fromEnv(SASL).toString();
    assertFalse(text.contains("s3cret"), text);
  }

  @Test
  void whatIsMissingOrMeansNothingIsReportedAtOnce() {
    assertEquals(
        List.of(
            "KAFKA_SASL_MECHANISM: \"GSSAPI\" is not PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512",
            "KAFKA_SSL_CA_FILE: \"pom.xml\" is not a file that can be read, with certificates in PEM",
            "KAFKA_SASL_USERNAME: is needed where KAFKA_SECURITY_PROTOCOL has SASL",
            "KAFKA_SASL_PASSWORD: is needed where KAFKA_SECURITY_PROTOCOL has SASL"),
        problems(
            Map.of(
                "KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                "KAFKA_SASL_MECHANISM", "GSSAPI",
                "KAFKA_SSL_CA_FILE", "pom.xml")));
    assertEquals(
        List.of(
            "KAFKA_SECURITY_PROTOCOL: \"TLS\" is not PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL",
            "KAFKA_SASL_USERNAME: needs KAFKA_SECURITY_PROTOCOL to be SASL_SSL or SASL_PLAINTEXT"),
        problems(Map.of("KAFKA_SECURITY_PROTOCOL", "TLS", "KAFKA_SASL_USERNAME", "me")));
    String file = TestingCertificate.make(folder).certificate().toString();
    assertEquals(
        List.of("KAFKA_SSL_CA_FILE: needs KAFKA_SECURITY_PROTOCOL to be SSL or SASL_SSL"),
        problems(Map.of("KAFKA_SSL_CA_FILE", file)));
  }

  private static List<String> problems(Map<String, String> variables) {
    return assertThrows(BadConfigException.class, () -> KafkaSettings.fromEnv(variables))
        .problems();
  }
}
