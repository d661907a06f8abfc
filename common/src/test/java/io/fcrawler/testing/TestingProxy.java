package io.fcrawler.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A network between a program and a server on 127.0.0.1, which may be slow, broken or gone. It
 * passes everything at first. Thread-safe.
 */
public final class TestingProxy implements AutoCloseable {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final int CHUNK_BYTES = 16 << 10;
  private static final int MOST_CHUNKS = 256;

  private final int target;
  private final int port;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private ServerSocket listening;
  private volatile Duration delay = Duration.ZERO;
  private volatile boolean swallowing;

  /**
   * Listens on a port of its own.
   *
   * @param target the server's port, where nobody need listen yet
   */
  public TestingProxy(int target) {
    this.target = target;
    this.listening = listen(0);
    this.port = listening.getLocalPort();
  }

  public int port() {
    return port;
  }

  /** All is well, also for new connections; those that lost bytes are cut. */
  public synchronized void pass() {
    delay = Duration.ZERO;
    swallowing = false;
    connections.stream().filter(connection -> connection.swallows).forEach(Connection::cut);
    if (listening.isClosed()) {
      listening = listen(port);
    }
  }

  /** All answers arrive so much later, those to greetings of new connections included. */
  public synchronized void delay(Duration later) {
    pass();
    delay = later;
  }

  /** Whatever is sent gets lost, and no connection is closed: a network without a route. */
  public synchronized void swallow() {
    pass();
    swallowing = true;
    abandon();
  }

  /** The same for the present connections alone: half-open ones, that one end has forgotten. */
  public synchronized void abandon() {
    connections.forEach(connection -> connection.swallows = true);
  }

  /** Breaks all present connections; new ones pass. */
  public synchronized void cut() {
    connections.forEach(Connection::cut);
  }

  /** Breaks all connections and refuses new ones: a server that is gone. */
  public synchronized void refuse() {
    close(listening);
    cut();
  }

  @Override
  public void close() {
    refuse();
  }

  private ServerSocket listen(int at) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(LOOPBACK, at));
      start("accept", () -> accept(socket));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(ServerSocket socket) throws IOException {
    while (!socket.isClosed()) {
      begin(socket.accept());
    }
  }

  private synchronized void begin(Socket client) {
    try {
      Connection connection = new Connection(client, new Socket(LOOPBACK, target));
      connections.add(connection);
      connection.start();
      if (listening.isClosed()) {
        connection.cut();
      }
    } catch (IOException e) {
      close(client); // the server is gone
    }
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static void start(String name, Work work) {
    Thread.ofVirtual()
        .name("proxy-" + name)
        .start(() -> {
          try {
            work.run();
          } catch (IOException e) {
            // the connection or the listening is over
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private static void close(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      throw new AssertionError("a socket could not be closed", e);
    }
  }

  /** Bytes to be written at a time, on the monotonic clock; none where the sender has ended. */
  private record Chunk(long dueNs, ByteBuffer bytes) {}

  private final class Connection {
    private final Socket client;
    private final Socket server;
    private volatile boolean swallows = swallowing;

    Connection(Socket client, Socket server) throws IOException {
      this.client = client;
      this.server = server;
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
    }

    void start() {
      carry(client, server, false);
      carry(server, client, true);
    }

    void cut() {
      connections.remove(this);
      close(client);
      close(server);
    }

    private void carry(Socket from, Socket to, boolean answers) {
      BlockingQueue<Chunk> underWay = new LinkedBlockingQueue<>(MOST_CHUNKS);
      TestingProxy.start("read", () -> read(from, underWay, answers));
      TestingProxy.start("write", () -> write(to, underWay));
    }

    private void read(Socket from, BlockingQueue<Chunk> underWay, boolean answers)
        throws InterruptedException {
      byte[] buffer = new byte[CHUNK_BYTES];
      int length = 0;
      while (length >= 0) {
        length = read(from, buffer);
        long laterNs = answers ? delay.toNanos() : 0;
        ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOf(buffer, Math.max(0, length)));
        underWay.put(new Chunk(System.nanoTime() + laterNs, bytes));
      }
    }

    private static int read(Socket from, byte[] buffer) {
      try {
        return from.getInputStream().read(buffer);
      } catch (IOException e) {
        return -1;
      }
    }

    private void write(Socket to, BlockingQueue<Chunk> underWay)
        throws IOException, InterruptedException {
      try {
        WritableByteChannel out = Channels.newChannel(to.getOutputStream());
        Chunk chunk = underWay.take();
        while (chunk.bytes.hasRemaining()) {
          TimeUnit.NANOSECONDS.sleep(chunk.dueNs - System.nanoTime()); // the network's time
          if (!swallows) {
            out.write(chunk.bytes);
          }
          chunk = underWay.take();
        }
      } finally {
        if (!swallows) {
          cut();
        }
      }
    }
  }
}
