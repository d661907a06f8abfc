package io.fcrawler.worker.testing;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ServerSocketFactory;

/**
 * A web site on 127.0.0.1: HTTP/1.1 with keep-alive, a virtual thread for each connection. Routes
 * may be added while it runs; what has none is 404.
 */
public final class TestingSite implements AutoCloseable {
  private static final int MAX_CONNECTIONS = 1000;
  private static final int MAX_HEADER = 64 << 10;

  private final ServerSocket server;
  private final String scheme;
  private final Map<String, Route> routes = new ConcurrentHashMap<>();
  private final Map<Long, Logged> log = new ConcurrentHashMap<>();
  private final AtomicLong nextRequest = new AtomicLong();
  private final AtomicInteger accepted = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Semaphore places = new Semaphore(MAX_CONNECTIONS);

  private TestingSite(ServerSocket server, String scheme) {
    this.server = server;
    this.scheme = scheme;
    Thread.ofVirtual().name("site-" + server.getLocalPort()).start(this::accept);
  }

  /** Starts a site at any free port. */
  public static TestingSite start() throws IOException {
    return start(ServerSocketFactory.getDefault(), "http");
  }

  /** Starts a site whose server sockets come from a factory, as for TLS. */
  public static TestingSite start(ServerSocketFactory factory, String scheme) throws IOException {
    ServerSocket server = factory.createServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
    return new TestingSite(server, scheme);
  }

  /** Answers a path always in the same way. */
  public TestingSite route(String path, Answer answer) {
    return route(path, Route.of(answer));
  }

  /** Answers a path by code. */
  public TestingSite route(String path, Route route) {
    routes.put(path, route);
    return this;
  }

  /** Answers a path with a page. */
  public TestingSite html(String path, String html) {
    return route(path, Answer.html(html));
  }

  public int port() {
    return server.getLocalPort();
  }

  /** {@code 127.0.0.1} and the port. */
  public String authority() {
    return "127.0.0.1:" + port();
  }

  /** An absolute URL of this site. */
  public String url(String target) {
    return scheme + "://" + authority() + target;
  }

  /** All requests so far, in the order in which they came. */
  public List<Logged> log() {
    return log.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .toList();
  }

  /** How often a target (path and query) was requested. */
  public long requests(String target) {
    return log.values().stream().filter(logged -> logged.target().equals(target)).count();
  }

  /** How many connections were made. */
  public int connections() {
    return accepted.get();
  }

  /** Closes the connections that are open now, and waits until none can take a request. */
  public void dropConnections() throws IOException {
    Set<Socket> dropped = Set.copyOf(open);
    closeAll(dropped);
    Await.until("dropped", () -> Collections.disjoint(open, dropped));
  }

  private static void closeAll(Set<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    closeAll(open);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        accepted.incrementAndGet();
        if (places.tryAcquire()) {
          open.add(socket);
          Thread.ofVirtual().name("site-connection").start(() -> serve(socket));
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
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = new BufferedOutputStream(socket.getOutputStream());
      boolean more = true;
      while (more) {
        String head = head(in);
        if (head.isEmpty()) {
          break;
        }
        if (!isRequest(head)) {
          Answer.status(400).writeTo(out);
          break;
        }
        more = answer(request(head), socket, out);
      }
    } catch (IOException e) {
      // the client went away, as some tests want it to
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
      places.release();
    }
  }

  private boolean answer(Request request, Socket socket, OutputStream out)
      throws IOException, InterruptedException {
    long id = nextRequest.getAndIncrement();
    long startNs = System.nanoTime();
    log.put(id, logged(request, startNs, Long.MAX_VALUE));
    try {
      Route route = routes.getOrDefault(request.path(), Route.of(Answer.status(404)));
      return route.answer(request, socket, out);
    } finally {
      log.put(id, logged(request, startNs, System.nanoTime()));
    }
  }

  private static Logged logged(Request request, long startNs, long endNs) {
    return new Logged(request.method(), request.header("host"), request.target(), startNs, endNs);
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
