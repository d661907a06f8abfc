package io.fcrawler.api;

import io.fcrawler.config.Env;
import io.fcrawler.config.KafkaSettings;
import io.fcrawler.config.ListenSettings;
import io.fcrawler.config.LogFormat;
import io.fcrawler.config.RedisSettings;
import java.time.Duration;
import java.util.Map;

/**
 * How the API runs, from environment variables alone.
 *
 * @param listen its port is {@code PORT}
 * @param commandTimeout {@code FCRAWLER_COMMAND_TIMEOUT}: how long a request waits for Kafka to
 *     acknowledge its command, before it is answered 503
 * @param ignoreRobotsAllowed {@code FCRAWLER_ALLOW_IGNORE_ROBOTS}: whether users may have
 *     robots.txt ignored
 */
public record ApiConfig(
    ListenSettings listen,
    RedisSettings redis,
    KafkaSettings kafka,
    Duration commandTimeout,
    boolean ignoreRobotsAllowed,
    LogFormat logFormat) {

  /** Throws {@link io.fcrawler.config.BadConfigException} for all that is wrong. */
  public static ApiConfig fromEnv(Map<String, String> variables) {
    Env env = new Env(variables);
    ApiConfig config =
        new ApiConfig(
            ListenSettings.from(env, "PORT", 3001),
            RedisSettings.from(env),
            KafkaSettings.from(env),
            env.duration(
                "FCRAWLER_COMMAND_TIMEOUT",
                Duration.ofSeconds(5),
                Duration.ofMillis(100),
                Duration.ofMinutes(1)),
            env.flag("FCRAWLER_ALLOW_IGNORE_ROBOTS", false),
            LogFormat.from(env));
    env.check();
    return config;
  }
}
