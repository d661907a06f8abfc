package io.fcrawler.testing.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;

/** Routes that break HTTP, each in one way. */
public final class Misbehaviour {
  private static final long DRIP_NS = 10_000_000;

  private Misbehaviour() {}

  /** Closes the connection without a byte. */
  public static Route closing() {
    return (request, socket, out) -> false;
  }

  /** Resets the connection (TCP RST) without a byte. */
  public static Route resetting() {
    return (request, socket, out) -> {
      socket.setSoLinger(true, 0);
      return false;
    };
  }

  /** Sends bytes, then closes. */
  public static Route sending(String bytes) {
    return (request, socket, out) -> {
      out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      return false;
    };
  }

  /** Sends bytes, and keeps the connection open for another request. */
  public static Route keeping(String bytes) {
    return (request, socket, out) -> {
      out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      return true;
    };
  }

  /** Sends an answer as it should be, then closes. */
  public static Route closingAfter(Answer answer) {
    return (request, socket, out) -> {
      answer.writeTo(out);
      return false;
    };
  }

  /** Sends bytes, then resets the connection. */
  public static Route resettingAfter(String bytes) {
    return (request, socket, out) -> {
      out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      socket.setSoLinger(true, 0);
      return false;
    };
  }

  /** Sends bytes, then nothing more, until the client goes away. */
  public static Route hangingAfter(String bytes) {
    return (request, socket, out) -> {
      out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      while (socket.getInputStream().read() >= 0) {
        // a client that waits sends nothing
      }
      return false;
    };
  }

  /** Sends a header and then a body without end, until the client goes away. */
  public static Route endless(String header) {
    return (request, socket, out) -> {
      byte[] block = new byte[8192];
      Arrays.fill(block, (byte) 'x');
      out.write(header.getBytes(StandardCharsets.ISO_8859_1));
      while (!Thread.interrupted()) {
        out.write(block);
      }
      return false;
    };
  }

  /** Sends bytes and then a block again and again, until the client goes away. */
  public static Route flooding(String bytes, String block) {
    byte[] repeated = block.getBytes(StandardCharsets.ISO_8859_1);
    return (request, socket, out) -> {
      out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      while (!Thread.interrupted()) {
        out.write(repeated);
      }
      return false;
    };
  }

  /** Sends bytes and then a byte now and then, until the client goes away. */
  public static Route dripping(String bytes) {
    return (request, socket, out) -> {
      out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      while (!Thread.interrupted()) {
        out.write('x');
        out.flush();
        LockSupport.parkNanos(DRIP_NS);
      }
      return false;
    };
  }

  /** Sends header lines without end, until the client goes away. */
  public static Route headerFlood() {
    return endless("HTTP/1.1 200 OK\r\nX: ");
  }

  /** A small body that decodes to {@code mebibytes} MiB. */
  public static Answer gzipBomb(int mebibytes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      byte[] block = new byte[1 << 20];
      for (int i = 0; i < mebibytes; i++) {
        gzip.write(block);
      }
    }
    return Answer.of(200, "text/html", bytes.toByteArray()).with("Content-Encoding: gzip");
  }
}
