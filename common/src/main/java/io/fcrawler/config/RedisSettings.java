package io.fcrawler.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How Redis is reached.
 *
 * @param addresses {@code redis://host:port}, or {@code rediss://host:port} for TLS; never with
 *     credentials. One, of Redis itself; or those of Sentinels
 * @param sentinel empty where the address is that of Redis itself
 * @param username empty for Redis's default user
 * @param password empty where Redis asks for none
 * @param database 0 or more
 * @param caFile the authorities that the server's certificate is checked by, if not the JVM's
 * @param dataDir the folder of Redis's data, where this program can see it
 */
public record RedisSettings(
    List<String> addresses,
    Optional<Sentinel> sentinel,
    Optional<String> username,
    Optional<String> password,
    int database,
    Duration connectTimeout,
    Optional<CaFile> caFile,
    Optional<Path> dataDir) {
  /**
   * What to ask Sentinels for, and as whom.
   *
   * @param master the name under which they watch Redis
   * @param username empty for Sentinel's default user
   * @param password empty where the Sentinels ask for none
   */
  public record Sentinel(String master, Optional<String> username, Optional<String> password) {
    /** Without the password. */
    @Override
    public String toString() {
      return "Sentinel[" + master + "]";
    }
  }

  static final int DEFAULT_PORT = 6379;
  private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(3);

  /**
   * Reads {@code REDIS_URL}, else {@code REDIS_HOST} and {@code REDIS_PORT}. {@code
   * REDIS_USERNAME}, {@code REDIS_PASSWORD} and {@code REDIS_DB} hold where the URL does not say
   * otherwise. {@code REDIS_SENTINEL_USERNAME} and {@code REDIS_SENTINEL_PASSWORD} are for
   * Sentinels, {@code REDIS_TLS_CA_FILE} for TLS, {@code REDIS_DATA_DIR} for the watch over the
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
    if (caFile.isPresent() && !url.addresses().getFirst().startsWith("rediss:")) {
      env.problem(
          "REDIS_TLS_CA_FILE",
          "needs a REDIS_URL that begins with rediss:// or rediss+sentinel://");
    }
    return new RedisSettings(
        url.addresses(),
        url.master().map(master -> sentinel(env, master)),
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

  private static Sentinel sentinel(Env env, String master) {
    Optional<String> username = env.text("REDIS_SENTINEL_USERNAME");
    Optional<String> password = env.secret("REDIS_SENTINEL_PASSWORD");
    if (username.isPresent() && password.isEmpty()) {
      env.problem("REDIS_SENTINEL_PASSWORD", "a user name is given, but no password");
    }
    return new Sentinel(master, username, password);
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
    String where =
        sentinel.map(of -> of.master() + " by ").orElse("") + String.join(",", addresses);
    return "RedisSettings[%s%s, database %d, connectTimeout %s]"
        .formatted(who.isEmpty() ? "" : who + " at ", where, database, connectTimeout);
  }
}
