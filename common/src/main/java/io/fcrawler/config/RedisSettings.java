package io.fcrawler.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How Redis is reached.
 *
 * @param address {@code redis://host:port}, or {@code rediss://host:port} for TLS; never with
 *     credentials
 * @param username empty for Redis's default user
 * @param password empty where Redis asks for none
 * @param database 0 or more
 * @param caFile the authorities that the server's certificate is checked by, if not the JVM's
 * @param dataDir the folder of Redis's data, where this program can see it
 */
public record RedisSettings(
    String address,
    Optional<String> username,
    Optional<String> password,
    int database,
    Duration connectTimeout,
    Optional<CaFile> caFile,
    Optional<Path> dataDir) {
  static final int DEFAULT_PORT = 6379;
  private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(3);

  /**
   * Reads {@code REDIS_URL}, else {@code REDIS_HOST} and {@code REDIS_PORT}. {@code
   * REDIS_USERNAME}, {@code REDIS_PASSWORD} and {@code REDIS_DB} hold where the URL does not say
   * otherwise. {@code REDIS_TLS_CA_FILE} is for TLS, {@code REDIS_DATA_DIR} for the watch over the
   * disk.
   */
  public static RedisSettings from(Env env) {
    RedisUrl url =
        env.text("REDIS_URL").isPresent()
            ? env.parsed("REDIS_URL", RedisUrl.LOCAL, RedisUrl::parse)
            : ofHost(env);
    Optional<String> username = url.username().or(() -> env.text("REDIS_USERNAME"));
    Optional<String> password = url.password().or(() -> env.secret("REDIS_PASSWORD"));
    int database = env.integer("REDIS_DB", 0, 0, RedisUrl.MAX_DATABASE);
    if (username.isPresent() && password.isEmpty()) {
      env.problem("REDIS_PASSWORD", "a user name is given, but no password");
    }
    Optional<CaFile> caFile = CaFile.from(env, "REDIS_TLS_CA_FILE");
    if (caFile.isPresent() && !url.address().startsWith("rediss:")) {
      env.problem("REDIS_TLS_CA_FILE", "needs a REDIS_URL that begins with rediss://");
    }
    return new RedisSettings(
        url.address(),
        username,
        password,
        url.database().orElse(database),
        timeout(env),
        caFile,
        env.parsed("REDIS_DATA_DIR", Optional.empty(), RedisSettings::folder));
  }

  /** As {@link #from}; throws {@link BadConfigException} for whatever is wrong. */
  public static RedisSettings fromEnv(Map<String, String> variables) {
    Env env = new Env(variables);
    RedisSettings settings = from(env);
    env.check();
    return settings;
  }

  private static RedisUrl ofHost(Env env) {
    String host = env.parsed("REDIS_HOST", "localhost", RedisSettings::host);
    int port = env.integer("REDIS_PORT", DEFAULT_PORT, 1, 65_535);
    return RedisUrl.of("redis://" + host + ":" + port);
  }

  private static String host(String value) {
    try {
      HostPort parsed = HostPort.parse(value, DEFAULT_PORT);
      if (parsed.host().equals(value)) {
        return value;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(notHost(value), e);
    }
    throw new IllegalArgumentException(notHost(value));
  }

  private static String notHost(String value) {
    return Env.quoted(value) + " is not a host such as localhost; a port goes into REDIS_PORT";
  }

  private static Optional<Path> folder(String value) {
    Path folder = Path.of(value);
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          Env.quoted(value) + " is not a folder that can be seen here");
    }
    return Optional.of(folder);
  }

  private static Duration timeout(Env env) {
    return env.duration(
        "REDIS_CONNECT_TIMEOUT",
        DEFAULT_CONNECT_TIMEOUT,
        Duration.ofMillis(1),
        Duration.ofMinutes(10));
  }

  /** Without the password. */
  @Override
  public String toString() {
    String who = username.orElse("") + (password.isPresent() ? ":***" : "");
    return "RedisSettings[%s%s, database %d, connectTimeout %s]"
        .formatted(who.isEmpty() ? "" : who + " at ", address, database, connectTimeout);
  }
}
