package io.fcrawler.testing.web;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ServerSocketFactory;

/**
 * A web server on 127.0.0.1 for all hosts: HTTP/1.1 with keep-alive, a virtual thread for each
 * connection, and a log of every request. Pages and routes may be added while it runs, by path for
 * every host or by URL for one; what has none is 404.
 */
public final class SiteServer implements AutoCloseable {
  private static final int BACKLOG = 500;
  private static final int MAX_CONNECTIONS = 1000;
  private static final int MAX_HEADER = 64 << 10;
  private static final int IDLE_MS = 120_000;

  private final ServerSocket server;
  private final String scheme;
  private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
  private final Map<Long, Visit> log = new ConcurrentHashMap<>();
  private final AtomicLong nextRequest = new AtomicLong();
  private final AtomicInteger accepted = new AtomicInteger();
  private final Map<Socket, Thread> open = new ConcurrentHashMap<>();
  private final Semaphore places = new Semaphore(MAX_CONNECTIONS);
  private volatile CountDownLatch held = new CountDownLatch(0);

  /** Answers a request; whether the connection may be used for another. */
  private interface Handler {
    boolean answer(Exchange exchange) throws IOException, InterruptedException;
  }

  /**
   * A request, and the connection that it came on.
   *
   * @param id the key of its visit in the log
   */
  private record Exchange(
      long id, Request request, Socket socket, InputStream in, OutputStream out) {
    /** Lets time pass, and returns whether the client is still there then. */
    boolean stays(Duration delay) throws IOException {
      if (delay.isZero()) {
        return true;
      }
      socket.setSoTimeout(Math.toIntExact(delay.toMillis()));
      in.mark(1);
      try {
        boolean stays = in.read() >= 0;
        in.reset();
        return stays;
      } catch (SocketTimeoutException e) {
        return true; // it waits in silence, as it should
      } catch (IOException e) {
        return false;
      }
    }
  }

  private SiteServer(ServerSocket server, String scheme) {
    this.server = server;
    this.scheme = scheme;
    Thread.ofVirtual().name("site-" + server.getLocalPort()).start(this::accept);
  }

  /** Starts a server at any free port. */
  public static SiteServer start() throws IOException {
    return start(ServerSocketFactory.getDefault(), "http");
  }

  /** Starts a server whose sockets come from a factory, as for TLS. */
  public static SiteServer start(ServerSocketFactory factory, String scheme) throws IOException {
    ServerSocket server = factory.createServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    return new SiteServer(server, scheme);
  }

  /** Serves all pages of a site, and its robots.txt. */
  public SiteServer serve(Site site) {
    route("/robots.txt", Answer.text(Site.ROBOTS));
    site.pages().forEach(this::page);
    return this;
  }

  /** Answers a path or a URL with a page. */
  public SiteServer page(String key, Page page) {
    AtomicInteger asked = new AtomicInteger();
    return handle(
        key,
        exchange -> {
          boolean fails = asked.getAndIncrement() < page.failsFirst();
          return answer(exchange, fails ? Page.error(503).after(page.delay()) : page);
        });
  }

  /** Answers a path or a URL always in the same way. */
  public SiteServer route(String key, Answer answer) {
    return handle(key, exchange -> answer(exchange, answer));
  }

  /** Answers a path or a URL by code. */
  public SiteServer route(String key, Route route) {
    return handle(
        key, exchange -> route.answer(exchange.request(), exchange.socket(), exchange.out()));
  }

  /** Answers a path or a URL with HTML. */
  public SiteServer html(String key, String html) {
    return route(key, Answer.html(html));
  }

  private SiteServer handle(String key, Handler handler) {
    handlers.put(key, handler);
    return this;
  }

  /** From now on the answers of pages wait for {@link #letGo}. */
  public void hold() {
    held = new CountDownLatch(1);
  }

  public void letGo() {
    held.countDown();
  }

  public int port() {
    return server.getLocalPort();
  }

  /** {@code 127.0.0.1} and the port. */
  public String authority() {
    return "127.0.0.1:" + port();
  }

  /** An absolute URL of this server. */
  public String url(String target) {
    return scheme + "://" + authority() + target;
  }

  /** All requests so far, in the order in which they came. */
  public List<Visit> log() {
    return log.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .toList();
  }

  /** How often a target (path and query) was requested. */
  public long requests(String target) {
    return log.values().stream().filter(visit -> visit.target().equals(target)).count();
  }

  /** How many connections were made. */
  public int connections() {
    return accepted.get();
  }

  /** Closes the connections that are open now, and waits until none can take a request. */
  public void dropConnections() throws IOException, InterruptedException {
    Map<Socket, Thread> dropped = Map.copyOf(open);
    for (Socket socket : dropped.keySet()) {
      socket.close();
    }
    for (Thread thread : dropped.values()) {
      thread.join();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    letGo();
    for (Socket socket : open.keySet()) {
      socket.close();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        accepted.incrementAndGet();
        if (places.tryAcquire()) {
          Thread connection =
              Thread.ofVirtual().name("site-connection").unstarted(() -> serve(socket));
          open.put(socket, connection);
          connection.start();
        } else {
          socket.close();
        }
      } catch (IOException e) {
        // closed, or a client that was gone already
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = new BufferedOutputStream(socket.getOutputStream());
      boolean more = true;
      while (more) {
        socket.setSoTimeout(IDLE_MS);
        String head = head(in);
        if (head.isEmpty()) {
          break;
        }
        if (!isRequest(head)) {
          Answer.status(400).writeTo(out);
          break;
        }
        socket.setSoTimeout(0);
        more = answer(new Exchange(nextRequest.getAndIncrement(), request(head), socket, in, out));
      }
    } catch (IOException e) {
      // the client is gone, as clients that are killed are
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
      places.release();
    }
  }

  private boolean answer(Exchange exchange) throws IOException, InterruptedException {
    Request request = exchange.request();
    String host = request.header("host");
    Visit visit =
        new Visit(
            request.method(),
            host,
            request.target(),
            request.header("user-agent"),
            System.nanoTime(),
            Long.MAX_VALUE);
    log.put(exchange.id(), visit);
    try {
      Handler ofPath =
          handlers.getOrDefault(request.path(), other -> answer(other, Page.error(404)));
      return handlers
          .getOrDefault(scheme + "://" + host + request.target(), ofPath)
          .answer(exchange);
    } finally {
      end(exchange);
    }
  }

  private boolean answer(Exchange exchange, Page page) throws IOException, InterruptedException {
    boolean stays = exchange.stays(page.delay());
    held.await();
    return stays && answer(exchange, page.answer());
  }

  /** Logs the end before the answer begins: with the answer, a client may make its next request. */
  private boolean answer(Exchange exchange, Answer answer) throws IOException {
    end(exchange);
    answer.writeTo(exchange.out());
    return true;
  }

  private void end(Exchange exchange) {
    log.computeIfPresent(
        exchange.id(), (_, visit) -> visit.isOver() ? visit : visit.endingAt(System.nanoTime()));
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    int read;
    while (head.length() < MAX_HEADER && (read = in.read()) >= 0) {
      head.append((char) read);
      if (!isRequest(head)) {
        return head.toString();
      }
      if (read == '\n' && head.indexOf("\r\n\r\n", head.length() - 4) >= 0) {
        return head.toString();
      }
    }
    return "";
  }

  /** Whether it begins as a request does; a TLS handshake does not. */
  private static boolean isRequest(CharSequence head) {
    return Character.isUpperCase(head.charAt(0));
  }

  private static Request request(String head) {
    List<String> lines = head.lines().toList();
    String first = lines.getFirst();
    int method = first.indexOf(' ');
    int target = first.indexOf(' ', method + 1);
    Map<String, String> headers = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    return new Request(first.substring(0, method), first.substring(method + 1, target), headers);
  }
}
