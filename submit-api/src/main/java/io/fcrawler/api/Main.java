package io.fcrawler.api;

import io.fcrawler.command.CommandLog;
import io.fcrawler.config.BadConfigException;
import io.fcrawler.http.PortUnavailableException;
import io.fcrawler.kafka.KafkaCommandLog;
import io.fcrawler.ops.ParentWatch;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.redis.RedisCrawlStore;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program: reads its configuration from the environment, serves until SIGTERM or SIGINT, then
 * stops in order. It starts whether or not Redis and Kafka are there.
 */
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  private Main() {}

  /** Takes no arguments. Exits 1 with one line where it cannot start. */
  public static void main(String[] args) {
    try {
      ApiServer server = start(System.getenv());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
      ParentWatch.start(System.getenv());
      LOG.info("Serving on port {}", server.port());
    } catch (BadConfigException | PortUnavailableException e) {
      System.err.println("submit-api: " + e.getMessage());
      System.exit(1);
    }
  }

  private static ApiServer start(Map<String, String> variables) {
    ApiConfig config = ApiConfig.fromEnv(variables);
    CrawlStore store = new RedisCrawlStore(config.redis());
    CommandLog log = new KafkaCommandLog(config.kafka(), config.commandTimeout());
    return new ApiServer(config.port(), store, log, config.ignoreRobotsAllowed());
  }

  private static void stop(ApiServer server) {
    LOG.info("Stopping: no further requests");
    server.close();
    LOG.info("Stopped");
  }
}
