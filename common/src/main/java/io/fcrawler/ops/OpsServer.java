package io.fcrawler.ops;

import io.fcrawler.config.ListenSettings;
import io.fcrawler.http.WebServer;
import java.time.Duration;
import java.util.List;

/** The routes for operators on a port of their own, for a program that serves nothing else. */
public final class OpsServer implements AutoCloseable {
  private static final Duration STOP_WITHIN = Duration.ofSeconds(2);

  private final WebServer server;

  private OpsServer(WebServer server) {
    this.server = server;
  }

  /**
   * Starts to listen.
   *
   * @throws io.fcrawler.http.PortUnavailableException if the port is taken, or may not be used
   */
  public static OpsServer start(
      ListenSettings listen, Metrics metrics, List<Check> checks, String version) {
    OpsRoutes routes = new OpsRoutes(metrics, checks, version, listen);
    return new OpsServer(WebServer.start(listen, STOP_WITHIN, metrics.registry(), routes::addTo));
  }

  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
  }
}
