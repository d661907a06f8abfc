package io.fcrawler.config;

import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * How clients prove to Kafka who they are, and Kafka to them.
 *
 * @param sasl there if and only if the protocol has SASL
 * @param caFile the authorities that brokers' certificates are checked by, if not the JVM's
 */
public record KafkaSecurity(Protocol protocol, Optional<Sasl> sasl, Optional<CaFile> caFile) {
  static final KafkaSecurity NONE =
      new KafkaSecurity(Protocol.PLAINTEXT, Optional.empty(), Optional.empty());

  private static final Map<String, String> LOGIN_MODULES =
      Map.of(
          "PLAIN", "org.apache.kafka.common.security.plain.PlainLoginModule",
          "SCRAM-SHA-256", "org.apache.kafka.common.security.scram.ScramLoginModule",
          "SCRAM-SHA-512", "org.apache.kafka.common.security.scram.ScramLoginModule");

  /** Kafka's own names. */
  public enum Protocol {
    PLAINTEXT,
    SSL,
    SASL_PLAINTEXT,
    SASL_SSL;

    private boolean hasSasl() {
      return name().startsWith("SASL_");
    }

    private boolean hasTls() {
      return name().endsWith("SSL");
    }

    private static Protocol parse(String value) {
      try {
        return valueOf(value);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            Env.quoted(value) + " is not PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL", e);
      }
    }
  }

  /** Who a client is. */
  public record Sasl(String mechanism, String username, String password) {
    /** In the syntax of JAAS. */
    private String jaas() {
      return "%s required username=\"%s\" password=\"%s\";"
          .formatted(LOGIN_MODULES.get(mechanism), escaped(username), escaped(password));
    }

    private static String escaped(String text) {
      String quoted = text.replace("\\", "\\\\").replace("\"", "\\\"");
      return quoted.replace("\n", "\\n").replace("\r", "\\r");
    }

    /** Without the password. */
    @Override
    public String toString() {
      return "Sasl[" + mechanism + ", " + username + ":***]";
    }
  }

  static KafkaSecurity from(Env env) {
    Protocol protocol = env.parsed("KAFKA_SECURITY_PROTOCOL", Protocol.PLAINTEXT, Protocol::parse);
    String mechanism = env.parsed("KAFKA_SASL_MECHANISM", "PLAIN", KafkaSecurity::mechanism);
    Optional<String> username = env.text("KAFKA_SASL_USERNAME");
    Optional<String> password = env.secret("KAFKA_SASL_PASSWORD");
    Optional<CaFile> caFile = CaFile.from(env, "KAFKA_SSL_CA_FILE");
    expect(env, "KAFKA_SASL_USERNAME", username, protocol.hasSasl());
    expect(env, "KAFKA_SASL_PASSWORD", password, protocol.hasSasl());
    if (caFile.isPresent() && !protocol.hasTls()) {
      env.problem("KAFKA_SSL_CA_FILE", "needs KAFKA_SECURITY_PROTOCOL to be SSL or SASL_SSL");
    }
    Optional<Sasl> sasl =
        username.flatMap(user -> password.map(secret -> new Sasl(mechanism, user, secret)));
    return new KafkaSecurity(protocol, sasl, caFile);
  }

  private static void expect(Env env, String key, Optional<String> value, boolean hasSasl) {
    if (hasSasl && value.isEmpty()) {
      env.problem(key, "is needed where KAFKA_SECURITY_PROTOCOL has SASL");
    }
    if (!hasSasl && value.isPresent()) {
      env.problem(key, "needs KAFKA_SECURITY_PROTOCOL to be SASL_SSL or SASL_PLAINTEXT");
    }
  }

  private static String mechanism(String value) {
    if (!LOGIN_MODULES.containsKey(value)) {
      throw new IllegalArgumentException(
          Env.quoted(value) + " is not PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512");
    }
    return value;
  }

  /** Sets what a client needs. */
  void addTo(Properties properties) {
    properties.setProperty("security.protocol", protocol.name());
    sasl.ifPresent(who -> {
      properties.setProperty("sasl.mechanism", who.mechanism());
      properties.setProperty("sasl.jaas.config", who.jaas());
    });
    caFile.ifPresent(file -> {
      properties.setProperty("ssl.truststore.type", "PEM");
      properties.setProperty("ssl.truststore.location", file.path().toString());
    });
  }
}
