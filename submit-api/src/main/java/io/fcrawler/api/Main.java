package io.fcrawler.api;

import io.fcrawler.command.CommandLog;
import io.fcrawler.config.BadConfigException;
import io.fcrawler.config.RedisSettings;
import io.fcrawler.http.PortUnavailableException;
import io.fcrawler.kafka.KafkaCommandLog;
import io.fcrawler.ops.ParentWatch;
import io.fcrawler.store.Audit;
import io.fcrawler.store.IncompatibleStoreException;
import io.fcrawler.store.StoreUnavailableException;
import io.fcrawler.store.redis.RedisAudit;
import io.fcrawler.store.redis.RedisCrawlStore;
import io.fcrawler.store.watch.RedisWatch;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program: reads its configuration from the environment, serves until SIGTERM or SIGINT, then
 * stops in order. It starts whether or not Redis and Kafka are there. Or it audits the Redis that
 * the environment names, while nobody uses it, and ends.
 */
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final String USAGE =
      """
      Usage: java -jar submit-api.jar                  serves the API
             java -jar submit-api.jar audit [--json]   audits every seed in Redis, writing nothing: exits with
                                                       0 all clean, 1 some differ, 2 bad usage, configuration
                                                       or another version's Redis, 3 Redis does not answer
             java -jar submit-api.jar --help | --version
      Configuration comes from the environment: see .env.example.\
      """;

  private Main() {}

  /** Exits 1 with one line where it cannot serve. */
  public static void main(String[] args) {
    switch (String.join(" ", args)) {
      case "" -> serve();
      case "audit" -> System.exit(audit(System.getenv(), false));
      case "audit --json" -> System.exit(audit(System.getenv(), true));
      case "--help" -> System.out.println(USAGE);
      case "--version" -> System.out.println("submit-api " + ApiServer.version());
      default -> {
        System.err.println(USAGE);
        System.exit(2);
      }
    }
  }

  private static void serve() {
    try {
      ApiServer server = start(System.getenv());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
      ParentWatch.start(System.getenv());
      LOG.info("Serving at {}", server.address());
    } catch (BadConfigException | PortUnavailableException | IncompatibleStoreException e) {
      System.err.println("submit-api: " + e.getMessage());
      System.exit(1);
    }
  }

  /** The answer alone goes to standard output; gives the exit code. */
  static int audit(Map<String, String> variables, boolean json) {
    AuditAnswer answer = new AuditAnswer(System.out, json);
    System.setOut(System.err); // where the log goes
    try (RedisAudit audit = new RedisAudit(RedisSettings.fromEnv(variables), answer::differs)) {
      Audit found = audit.run();
      answer.end(found);
      return found.differ() == 0 ? 0 : 1;
    } catch (BadConfigException | IncompatibleStoreException e) {
      System.err.println("submit-api: " + e.getMessage());
      return 2;
    } catch (StoreUnavailableException e) {
      System.err.println("submit-api: " + e.getMessage());
      return 3;
    }
  }

  private static ApiServer start(Map<String, String> variables) {
    ApiConfig config = ApiConfig.fromEnv(variables);
    RedisCrawlStore store = new RedisCrawlStore(config.redis());
    refuseOtherVersions(store);
    RedisWatch watch = new RedisWatch(store::info, config.redis().dataDir());
    CommandLog log = new KafkaCommandLog(config.kafka(), config.commandTimeout());
    return new ApiServer(config.listen(), store, log, watch, config.ignoreRobotsAllowed());
  }

  /** Later ones are refused call by call. */
  private static void refuseOtherVersions(RedisCrawlStore store) {
    try {
      store.checkCompatible();
    } catch (IncompatibleStoreException e) {
      throw e;
    } catch (StoreUnavailableException e) {
      LOG.debug("Redis does not answer yet", e);
    }
  }

  private static void stop(ApiServer server) {
    LOG.info("Stopping: no further requests");
    server.close();
    LOG.info("Stopped");
  }
}
