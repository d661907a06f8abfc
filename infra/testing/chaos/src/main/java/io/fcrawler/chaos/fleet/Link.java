package io.fcrawler.chaos.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** The network between a part and a server: a port of loopback that leads to another. */
public final class Link implements AutoCloseable {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final int BUFFER = 64 << 10;

  /** What becomes of what is sent. */
  public enum State {
    /** It arrives. */
    WHOLE,
    /** It arrives late. */
    SLOW,
    /** It is lost, and nobody is told: connections stay open, new ones can be made. */
    SILENT,
    /** All connections are reset, and new ones too. */
    CUT
  }

  private final ServerSocket server;
  private final int target;
  private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
  private volatile State state = State.WHOLE;
  private volatile Duration delay = Duration.ZERO;

  private Link(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  /** Opens a way to a port of loopback, where nobody needs to listen yet. */
  public static Link to(int target) {
    try {
      Link link = new Link(new ServerSocket(0, 200, LOOPBACK), target);
      Thread.ofVirtual().name("link").start(link::accept);
      return link;
    } catch (IOException e) {
      throw new UncheckedIOException("no port on loopback", e);
    }
  }

  public int port() {
    return server.getLocalPort();
  }

  /**
   * Harms or repairs it.
   *
   * @param delay of each piece that is sent, where it is slow
   */
  public void become(State next, Duration delay) {
    this.delay = delay;
    this.state = next;
    if (next == State.CUT) {
      pairs.forEach(Pair::reset);
    } else if (next == State.WHOLE) {
      // What lacks a piece can't go on; its ends learn it now, as by a router that forgot them.
      pairs.stream().filter(Pair::hasLost).forEach(Pair::reset);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        Thread.ofVirtual().name("link-open").start(() -> connect(client));
      }
    } catch (IOException e) {
      // it was closed
    }
  }

  private void connect(Socket client) {
    Socket far = new Socket();
    Pair pair = new Pair(client, far, new AtomicBoolean());
    pairs.add(pair);
    try {
      if (state == State.CUT) {
        pair.reset();
        return;
      }
      far.connect(new java.net.InetSocketAddress(LOOPBACK, target));
      client.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      Thread.ofVirtual().name("link-back").start(() -> pump(pair, far, client));
      pump(pair, client, far);
    } catch (IOException e) {
      pair.reset(); // nobody listens there
    } finally {
      pairs.remove(pair);
    }
  }

  private void pump(Pair pair, Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        State now = state;
        if (now == State.SILENT) {
          pair.lost.set(true);
        } else if (!pair.hasLost()) {
          if (now == State.SLOW) {
            Thread.sleep(delay);
          }
          out.write(buffer, 0, count);
        }
      }
    } catch (IOException e) {
      pair.reset();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    pairs.forEach(Pair::reset);
  }

  /** A connection through here: from a part, and on to the server. */
  private record Pair(Socket near, Socket far, AtomicBoolean lost) {
    boolean hasLost() {
      return lost.get();
    }

    void reset() {
      reset(near);
      reset(far);
    }

    private static void reset(Socket socket) {
      try (socket) {
        if (!socket.isClosed()) {
          socket.setSoLinger(true, 0);
        }
      } catch (IOException e) {
        // it is closed, which is all that was wanted
      }
    }
  }
}
