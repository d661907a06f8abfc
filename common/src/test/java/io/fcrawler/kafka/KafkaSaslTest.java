package io.fcrawler.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fcrawler.config.KafkaSettings;
import io.fcrawler.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Kafka that asks who its clients are. */
@Tag("integration")
class KafkaSaslTest {
  private static final String PASSWORD = "a \"b\"\\n;'c=ü";

  /** The broker speaks to itself as the same user. */
  private static final Map<String, String> ASKING =
      Map.of(
          "listener.security.protocol.map",
          "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
          "inter.broker.listener.name",
          "PLAINTEXT",
          "sasl.mechanism.inter.broker.protocol",
          "PLAIN",
          "sasl.enabled.mechanisms",
          "PLAIN",
          "listener.name.plaintext.plain.sasl.jaas.config",
          "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"me\""
              + " password=\"%1$s\" user_me=\"%1$s\";".formatted("a \\\"b\\\"\\\\n;'c=ü"));

  @TempDir Path folder;

  @Test
  void theRightPasswordIsLetInWhateverItsCharactersAndAnotherIsNot() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0, ASKING)) {
      assertEquals(1, nodes(kafka, PASSWORD));
      ExecutionException e = assertThrows(ExecutionException.class, () -> nodes(kafka, "another"));
      assertInstanceOf(SaslAuthenticationException.class, e.getCause());
    }
  }

  private static int nodes(EmbeddedKafka kafka, String password) throws Exception {
    KafkaSettings settings =
        KafkaSettings.fromEnv(
            Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                kafka.bootstrapServers(),
                "KAFKA_SECURITY_PROTOCOL",
                "SASL_PLAINTEXT",
                "KAFKA_SASL_USERNAME",
                "me",
                "KAFKA_SASL_PASSWORD",
                password));
    try (Admin admin = Topics.admin(settings)) {
      return admin.describeCluster().nodes().get().size();
    }
  }
}
