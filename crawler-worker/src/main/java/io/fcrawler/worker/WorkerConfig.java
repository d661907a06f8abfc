package io.fcrawler.worker;

import io.fcrawler.config.Env;
import io.fcrawler.config.KafkaSettings;
import io.fcrawler.config.ListenSettings;
import io.fcrawler.config.RedisSettings;
import io.fcrawler.seed.BadInputException;
import io.fcrawler.store.HostPatience;
import io.fcrawler.worker.command.OnEmptyState;
import io.fcrawler.worker.fetch.AddressPolicy;
import io.fcrawler.worker.fetch.CookieUse;
import io.fcrawler.worker.fetch.FetchSettings;
import io.fcrawler.worker.fetch.HostOverrides;
import io.fcrawler.worker.fetch.Ports;
import io.fcrawler.worker.lane.Retries;
import io.fcrawler.worker.politeness.AdaptiveDelay;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How a worker runs, from environment variables alone.
 *
 * @param listen of the worker's own {@code /livez}, {@code /readyz}, {@code /metrics}
 * @param sessionTimeout after which Kafka gives the lanes of a silent worker to others; also the
 *     lease of lanes
 * @param scan how often active seeds are looked at without news of them
 * @param recoveryBatch seeds or workers that are read from the store together, of which several
 *     such batches are under way at once
 * @param fetch how the web is asked
 * @param cookies for how long they are kept
 * @param retries of transient failures
 * @param adaptive the part of a host's delay that follows how it fares
 * @param patience with hosts that fail
 * @param onEmptyState what to do where Redis has lost its state
 */
public record WorkerConfig(
    KafkaSettings kafka,
    RedisSettings redis,
    ListenSettings listen,
    Duration sessionTimeout,
    Duration scan,
    int recoveryBatch,
    FetchSettings fetch,
    CookieUse cookies,
    Retries retries,
    AdaptiveDelay adaptive,
    HostPatience patience,
    OnEmptyState onEmptyState) {
  private static final int RECOVERY_BATCH = 50;

  /** A robots.txt must fit (RFC 9309, section 2.5), with one byte more to tell that it was cut. */
  private static final int LEAST_BODY_LIMIT = (500 << 10) + 1;

  private static final int MOST_BODY_LIMIT = 100 << 20;

  /** Reads all keys; throws {@link io.fcrawler.config.BadConfigException} for all that is wrong. */
  public static WorkerConfig fromEnv(Map<String, String> variables) {
    Env env = new Env(variables);
    WorkerConfig config =
        new WorkerConfig(
            KafkaSettings.from(env),
            RedisSettings.from(env),
            ListenSettings.from(env, "FCRAWLER_WORKER_PORT", 0),
            env.duration(
                "FCRAWLER_SESSION_TIMEOUT",
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                Duration.ofMinutes(5)),
            env.duration(
                "FCRAWLER_SCAN_INTERVAL",
                Duration.ofSeconds(3),
                Duration.ofMillis(100),
                Duration.ofMinutes(5)),
            env.integer("FCRAWLER_RECOVERY_BATCH", RECOVERY_BATCH, 1, 500),
            fetch(env),
            env.parsed("FCRAWLER_COOKIES", CookieUse.VISIT, WorkerConfig::cookies),
            new Retries(
                env.integer("FCRAWLER_RETRIES", 3, 0, 100),
                env.duration(
                    "FCRAWLER_RETRY_DELAY",
                    Duration.ofSeconds(1),
                    Duration.ofMillis(1),
                    Duration.ofHours(1))),
            adaptive(env),
            patience(env),
            onEmptyState(env));
    env.check();
    return config;
  }

  private static CookieUse cookies(String value) {
    return Stream.of(CookieUse.values())
        .filter(use -> use.name().equalsIgnoreCase(value))
        .findAny()
        .orElseThrow(() ->
            new IllegalArgumentException(Env.quoted(value) + " is none of visit, off and crawl"));
  }

  private static AdaptiveDelay adaptive(Env env) {
    AdaptiveDelay defaults = AdaptiveDelay.DEFAULT;
    Duration longest = Duration.ofHours(1);
    return new AdaptiveDelay(
        env.integer("FCRAWLER_ADAPTIVE_DELAY", defaults.times(), 0, 100),
        env.duration("FCRAWLER_ADAPTIVE_LEAST", defaults.least(), Duration.ZERO, longest),
        env.duration("FCRAWLER_ADAPTIVE_MOST", defaults.most(), Duration.ZERO, longest));
  }

  private static HostPatience patience(Env env) {
    HostPatience defaults = HostPatience.DEFAULT;
    Duration least = HostPatience.FIRST_PAUSE;
    Duration longest = Duration.ofDays(30);
    return new HostPatience(
        env.integer("FCRAWLER_HOST_FAILURES", defaults.failures(), 1, 1_000_000),
        env.duration("FCRAWLER_HOST_PAUSE", defaults.longestPause(), least, longest),
        env.duration("FCRAWLER_HOST_GIVE_UP", defaults.giveUp(), least, longest));
  }

  private static OnEmptyState onEmptyState(Env env) {
    OnEmptyState defaults = OnEmptyState.DEFAULT;
    return new OnEmptyState(
        env.parsed("FCRAWLER_ON_EMPTY_STATE", defaults.waits(), OnEmptyState::waits),
        env.duration(
            "FCRAWLER_EMPTY_STATE_GRACE", defaults.grace(), Duration.ZERO, Duration.ofDays(1)));
  }

  private static FetchSettings fetch(Env env) {
    AddressPolicy addresses =
        env.parsed(
            "FCRAWLER_ALLOW_PRIVATE", AddressPolicy.PUBLIC_ONLY, reader(AddressPolicy::parse));
    Ports ports = env.parsed("FCRAWLER_ALLOW_PORTS", Ports.ANY, reader(Ports::parse));
    HostOverrides overrides =
        env.parsed("FCRAWLER_RESOLVE", HostOverrides.NONE, reader(HostOverrides::parse));
    return env.parsed(
            "FCRAWLER_USER_AGENT",
            FetchSettings.DEFAULT,
            reader(FetchSettings.DEFAULT::withUserAgent))
        .withTimeouts(
            limit(env, "FCRAWLER_CONNECT_TIMEOUT", FetchSettings.DEFAULT.connectTimeout()),
            limit(env, "FCRAWLER_READ_TIMEOUT", FetchSettings.DEFAULT.readTimeout()),
            limit(env, "FCRAWLER_CALL_TIMEOUT", FetchSettings.DEFAULT.callTimeout()))
        .withBodyLimit(
            env.integer(
                "FCRAWLER_BODY_LIMIT",
                FetchSettings.DEFAULT.bodyLimit(),
                LEAST_BODY_LIMIT,
                MOST_BODY_LIMIT))
        .withAddresses(addresses.at(ports), overrides)
        .withAnyCertificate(!env.flag("FCRAWLER_TLS_VERIFY", true));
  }

  private static Duration limit(Env env, String key, Duration otherwise) {
    return env.duration(key, otherwise, Duration.ofMillis(100), Duration.ofMinutes(10));
  }

  /** A reader whose complaints count as those of configuration. */
  private static <T> Function<String, T> reader(Function<String, T> reader) {
    return value -> {
      try {
        return reader.apply(value);
      } catch (BadInputException e) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
    };
  }
}
