package io.fcrawler.standalone.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The built-in site, served on a free port of loopback until it is closed. */
public final class DemoSite implements AutoCloseable {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private final SitePages pages;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("demo-site-", 0).factory());
  private final HttpServer server;

  private DemoSite(HttpServer server, SitePages pages) {
    this.server = server;
    this.pages = pages;
  }

  /** Of about 200 pages, which answers as slowly as sites do. */
  public static DemoSite start() throws IOException {
    return start(SitePages.small());
  }

  /** Of about 1,100 longer pages, which answers at once. */
  public static DemoSite startLarge() throws IOException {
    return start(SitePages.large());
  }

  private static DemoSite start(SitePages pages) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
    DemoSite site = new DemoSite(server, pages);
    site.server.setExecutor(site.threads);
    site.server.createContext("/", site::answer);
    site.server.start();
    return site;
  }

  /** The site's host and port. */
  public String authority() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  SiteFacts facts() {
    return pages.facts();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = pages.answer(exchange.getRequestURI().getPath());
      Thread.sleep(answer.delay());
      exchange.getResponseHeaders().set("Content-Type", answer.contentType());
      if (!answer.location().isEmpty()) {
        exchange.getResponseHeaders().set("Location", answer.location());
      }
      byte[] body = answer.bytes();
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
