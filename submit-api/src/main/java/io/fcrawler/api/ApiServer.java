package io.fcrawler.api;

import io.fcrawler.command.CommandLog;
import io.fcrawler.config.ListenSettings;
import io.fcrawler.http.WebServer;
import io.fcrawler.ops.Check;
import io.fcrawler.ops.Metrics;
import io.fcrawler.ops.OpsRoutes;
import io.fcrawler.ops.Presence;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.watch.CrawlsWatch;
import io.fcrawler.store.watch.EmptyStateWatch;
import io.fcrawler.store.watch.RedisWatch;
import io.javalin.config.RoutesConfig;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The running API. It closes what it was given. */
public final class ApiServer implements AutoCloseable {
  /** Below the 30 s after which containers are killed. */
  private static final Duration STOP_WITHIN = Duration.ofSeconds(25);

  private final Metrics metrics = new Metrics("submit-api");
  private final Presence redis = new Presence("redis", metrics.registry());
  private final Presence kafka = new Presence("kafka", metrics.registry());
  private final BulkThreads bulkThreads = new BulkThreads();
  private final ListenSettings listen;
  private final CrawlStore store;
  private final CommandLog log;
  private final RedisWatch watch;
  private final List<PartWatch> parts;
  private final boolean ignoreRobotsAllowed;
  private final WebServer server;

  /**
   * Starts to listen.
   *
   * @throws io.fcrawler.http.PortUnavailableException if the port is taken, or may not be used
   */
  public ApiServer(
      ListenSettings listen,
      CrawlStore store,
      CommandLog log,
      RedisWatch watch,
      boolean ignoreRobotsAllowed) {
    this.listen = listen;
    this.store = store;
    this.log = log;
    this.watch = watch;
    this.ignoreRobotsAllowed = ignoreRobotsAllowed;
    Check redisCheck = new Check("redis", store::problem);
    Check kafkaCheck = Check.reachable("kafka", log::reachable);
    this.parts = List.of(new PartWatch(redisCheck, redis), new PartWatch(kafkaCheck, kafka));
    List<Check> checks =
        List.of(
            kafkaCheck,
            redisCheck,
            watch.check(),
            CrawlsWatch.check(store),
            EmptyStateWatch.check(store, watch.dataFolder()));
    this.server =
        WebServer.start(
            listen, STOP_WITHIN, metrics.registry(), routes -> addRoutes(routes, checks));
    parts.forEach(PartWatch::start);
    watch.start(metrics.registry());
  }

  private void addRoutes(RoutesConfig routes, List<Check> checks) {
    Submissions submissions =
        new Submissions(store, log, redis, Clock.systemUTC(), new SecureRandom());
    new Problems(redis, kafka).addTo(routes);
    new OpsRoutes(metrics, checks, version(), listen).addTo(routes);
    new IndexRoutes().addTo(routes);
    new SubmitRoutes(submissions, bulkThreads, ignoreRobotsAllowed).addTo(routes);
    new ListRoutes(store, System::nanoTime).addTo(routes);
    new RecrawlRoute(store).addTo(routes);
    new SeedRoutes(store, new Controls(store, log)).addTo(routes);
  }

  static String version() {
    String version = ApiServer.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }

  public int port() {
    return server.port();
  }

  /** What is listened on: {@code 127.0.0.1:3001}. */
  public String address() {
    return listen.at(port());
  }

  /** For tests that keep these threads busy. */
  BulkThreads bulkThreads() {
    return bulkThreads;
  }

  /** Each route as {@code GET /path/{parameter}}. */
  List<String> routes() {
    return server.routes();
  }

  /**
   * Takes no further requests, finishes those under way, then closes threads, watches, log and
   * store.
   */
  @Override
  public void close() {
    server.close();
    bulkThreads.close();
    parts.forEach(PartWatch::close);
    watch.close();
    log.close();
    store.close();
    metrics.close();
  }
}
