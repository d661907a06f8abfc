package io.fcrawler.worker.testing;

import io.fcrawler.testing.web.SiteServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import okhttp3.internal.http2.Header;
import okio.ByteString;

/** Answers HTTP/2 requests as a server of HTTP/1.1 does, whose answers are well-formed. */
record Http1Behind(SiteServer server) implements Http2Front.Answer {
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "keep-alive", "upgrade", "transfer-encoding");
  private static final int INTERNAL_ERROR = 2;

  @Override
  public void to(Http2Stream stream) throws IOException, InterruptedException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      stream.onEnd(socket);
      socket.getOutputStream().write(request(stream).getBytes(StandardCharsets.ISO_8859_1));
      answer(new BufferedInputStream(socket.getInputStream()), stream);
    } catch (IOException e) {
      stream.reset(INTERNAL_ERROR);
    }
  }

  private static String request(Http2Stream stream) {
    StringBuilder head = new StringBuilder(stream.field(":method"));
    head.append(' ').append(stream.field(":path")).append(" HTTP/1.1\r\nHost: ");
    head.append(stream.field(":authority")).append("\r\n");
    for (Header field : stream.fields()) {
      if (!field.name.utf8().startsWith(":")) {
        head.append(latin(field.name)).append(": ").append(latin(field.value)).append("\r\n");
      }
    }
    return head.append("\r\n").toString();
  }

  private static String latin(ByteString bytes) {
    return bytes.string(StandardCharsets.ISO_8859_1);
  }

  private static void answer(InputStream in, Http2Stream stream)
      throws IOException, InterruptedException {
    List<Header> head = head(in);
    while (status(head).startsWith("1")) {
      stream.head(head, false);
      head = head(in);
    }
    if (status(head).equals("204") || status(head).equals("304")) {
      stream.head(head, true);
      return;
    }
    long left =
        head.stream()
            .filter(field -> field.name.utf8().equals("content-length"))
            .mapToLong(field -> Long.parseLong(field.value.utf8()))
            .findFirst()
            .orElse(Long.MAX_VALUE);
    stream.head(head, false);
    byte[] block = new byte[Http2Connection.MAX_FRAME];
    int count = 0;
    while (left > 0 && (count = in.read(block, 0, (int) Math.min(left, block.length))) > 0) {
      stream.data(block, count, false);
      left -= count;
    }
    stream.data(block, 0, true);
  }

  private static String status(List<Header> head) {
    return head.getFirst().value.utf8();
  }

  private static List<Header> head(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf("\r\n\r\n", text.length() - 4) < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no head");
      }
      text.append((char) next);
    }
    List<String> lines = text.toString().lines().toList();
    List<Header> fields = new ArrayList<>();
    fields.add(new Header(":status", lines.getFirst().split(" ", 3)[1]));
    for (String line : lines.subList(1, lines.size() - 1)) {
      int colon = line.indexOf(':');
      String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      if (!OF_THE_CONNECTION.contains(name)) {
        fields.add(field(name, line.substring(colon + 1).strip()));
      }
    }
    return fields;
  }

  /** A field of these bytes. */
  private static Header field(String name, String value) {
    return new Header(
        ByteString.encodeString(name, StandardCharsets.ISO_8859_1),
        ByteString.encodeString(value, StandardCharsets.ISO_8859_1));
  }
}
