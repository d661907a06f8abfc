package io.fcrawler.chaos.site;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * A web server on loopback, HTTP/1.1 with keep-alive, that logs every request. A request ends when
 * its client is gone, even while the answer is being waited for: so what a killed worker asked for
 * is not taken for under way.
 */
public final class SiteServer implements AutoCloseable {
  private static final int BACKLOG = 500;
  private static final int IDLE_MS = 120_000;

  private final ServerSocket server;
  private final Map<String, Page> pages = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
  private final Queue<Visit> visits = new ConcurrentLinkedQueue<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private SiteServer(ServerSocket server) {
    this.server = server;
  }

  /** Answers 404 to everything as long as it serves nothing. */
  public static SiteServer start() {
    try {
      SiteServer site =
          new SiteServer(new ServerSocket(0, BACKLOG, InetAddress.ofLiteral("127.0.0.1")));
      Thread.ofVirtual().name("site").start(site::accept);
      return site;
    } catch (IOException e) {
      throw new UncheckedIOException("no site on loopback", e);
    }
  }

  public int port() {
    return server.getLocalPort();
  }

  public void serve(Web web) {
    web.all().forEach(site -> pages.putAll(site.pages()));
  }

  public List<Visit> visits() {
    return new ArrayList<>(visits);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().name("visit").start(() -> serve(socket));
      }
    } catch (IOException e) {
      // it was closed
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      PushbackInputStream in = new PushbackInputStream(socket.getInputStream());
      OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 64 << 10);
      boolean goesOn = true;
      while (goesOn) {
        socket.setSoTimeout(IDLE_MS);
        goesOn = answer(socket, in, out);
      }
    } catch (IOException e) {
      // the client is gone, as clients that are killed are
    } finally {
      open.remove(socket);
    }
  }

  /** Whether the connection is still good. */
  private boolean answer(Socket socket, PushbackInputStream in, OutputStream out)
      throws IOException {
    String request = line(in);
    if (request.isEmpty()) {
      return false;
    }
    Map<String, String> headers = headers(in);
    long beganNs = System.nanoTime();
    String host = headers.getOrDefault("host", "");
    String url = "http://" + host + request.split(" ", 3)[1];
    Page page = page(url);
    boolean there = stays(socket, in, page.delayMs());
    String worker = headers.getOrDefault("user-agent", "").replaceFirst("chaos/", "");
    String name = host.replaceAll(":.*", "");
    visits.add(new Visit(name, url, worker, beganNs, System.nanoTime()));
    if (there) {
      write(out, page, url);
    }
    return there;
  }

  private Page page(String url) {
    Page page = pages.get(url);
    if (page == null) {
      boolean robots = url.endsWith("/robots.txt");
      return new Page(robots ? 200 : 404, List.of(), 0, 0);
    }
    int before = asked.computeIfAbsent(url, _ -> new AtomicInteger()).getAndIncrement();
    return before < page.failsFirst() ? new Page(503, List.of(), page.delayMs(), 0) : page;
  }

  private static String line(PushbackInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }

  private static Map<String, String> headers(PushbackInputStream in) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  /** Lets time pass, and tells whether the client is still there then. */
  private static boolean stays(Socket socket, PushbackInputStream in, int delayMs)
      throws IOException {
    if (delayMs == 0) {
      return true;
    }
    socket.setSoTimeout(delayMs);
    try {
      int early = in.read();
      if (early >= 0) {
        in.unread(early);
      }
      return early >= 0;
    } catch (SocketTimeoutException e) {
      return true; // it waits in silence, as it should
    } catch (IOException e) {
      return false;
    }
  }

  private static void write(OutputStream out, Page page, String url) throws IOException {
    byte[] body = body(page, url).getBytes(ISO_8859_1);
    StringBuilder head = new StringBuilder("HTTP/1.1 " + page.status() + " Whatever\r\n");
    if (page.redirects()) {
      head.append("Location: ").append(page.links().getFirst()).append("\r\n");
    }
    String type = url.endsWith("/robots.txt") ? "text/plain" : "text/html";
    head.append("Content-Type: ").append(type).append("\r\n");
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    out.write(head.toString().getBytes(ISO_8859_1));
    out.write(body);
    out.flush();
  }

  private static String body(Page page, String url) {
    if (url.endsWith("/robots.txt")) {
      return SeedSite.ROBOTS;
    }
    if (page.status() != 200) {
      return "<a href=/trap>not to be followed</a>";
    }
    String links =
        page.links().stream()
            .map(link -> "<a href=\"" + link + "\">x</a>")
            .collect(Collectors.joining("\n"));
    return "<title>" + url + "</title><p>Some text.\n" + links;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
