package io.fcrawler.chaos.fleet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A link to a server that sends back what it gets. */
@Timeout(600)
final class LinkTest {
  private ServerSocket server;
  private Link link;

  @BeforeEach
  void open() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.ofLiteral("127.0.0.1"));
    link = Link.to(server.getLocalPort());
    Thread.ofVirtual().start(this::accept);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> echo(socket));
      }
    } catch (IOException e) {
      // it was closed
    }
  }

  private static void echo(Socket socket) {
    try (socket) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException e) {
      // it was reset
    }
  }

  @AfterEach
  void close() throws IOException {
    link.close();
    server.close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), link.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static String ask(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
    byte[] answer = socket.getInputStream().readNBytes(text.length());
    return new String(answer, US_ASCII);
  }

  @Test
  void aWholeLinkPassesAllOn() throws IOException {
    try (Socket socket = connect()) {
      assertEquals("one", ask(socket, "one"));
      assertEquals("two", ask(socket, "two"));
    }
  }

  @Test
  void aSlowOneDoesSoLater() throws IOException {
    try (Socket socket = connect()) {
      link.become(Link.State.SLOW, Duration.ofMillis(100));
      long beganNs = System.nanoTime();
      assertEquals("late", ask(socket, "late"));
      assertTrue(System.nanoTime() - beganNs >= Duration.ofMillis(200).toNanos());
    }
  }

  @Test
  void aCutOneResetsWhatIsOpenAndWhatIsOpenedUntilItIsWhole() throws IOException {
    try (Socket socket = connect()) {
      assertEquals("one", ask(socket, "one"));
      link.become(Link.State.CUT, Duration.ZERO);
      assertThrows(IOException.class, () -> alive(socket));
    }
    try (Socket socket = connect()) {
      assertThrows(IOException.class, () -> alive(socket));
    }
    link.become(Link.State.WHOLE, Duration.ZERO);
    try (Socket socket = connect()) {
      assertEquals("again", ask(socket, "again"));
    }
  }

  private static void alive(Socket socket) throws IOException {
    if (ask(socket, "x").isEmpty()) {
      throw new IOException("ended");
    }
  }

  @Test
  void aSilentOneLosesWhatIsSentAndResetsThatConnectionWhenItIsWhole() throws IOException {
    try (Socket silent = connect();
        Socket quiet = connect()) {
      assertEquals("one", ask(silent, "one"));
      assertEquals("one", ask(quiet, "one"));
      link.become(Link.State.SILENT, Duration.ZERO);
      silent.setSoTimeout(300);
      assertThrows(SocketTimeoutException.class, () -> ask(silent, "lost"));
      link.become(Link.State.WHOLE, Duration.ZERO);
      silent.setSoTimeout(10_000);
      assertThrows(IOException.class, () -> alive(silent));
      assertEquals("still", ask(quiet, "still"));
    }
  }
}
