package io.fcrawler.worker;

import io.fcrawler.testing.web.Request;
import io.fcrawler.testing.web.Route;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/**
 * Pages of 10 MiB, made as they are sent: {@code /page/N} is of the kind N modulo the kinds. Their
 * bodies are held back until so many have been asked for, and then come all at once.
 */
final class HugePages implements Route {
  static final int LENGTH = 10 << 20;

  private static final int BLOCK = 64 << 10;
  private static final int ROUND = 1 << 20;
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

  private final CountDownLatch crowd;

  HugePages(int crowd) {
    this.crowd = new CountDownLatch(crowd);
  }

  /**
   * A body: its type, what comes first, and what is repeated, with a number for each {@code #}.
   *
   * @param body what is repeated, or all of it compressed: made once, or the site would be slow
   */
  @SuppressWarnings("ArrayRecordComponent") // sent, never compared
  private record Kind(String type, String begin, byte[] body, boolean gzip, boolean slow) {
    static Kind of(String type, String begin, String repeated) {
      return new Kind(type, begin, numbered(repeated, ROUND), false, false);
    }

    static Kind slow(String type, String begin, String repeated) {
      return new Kind(type, begin, numbered(repeated, ROUND), false, true);
    }

    static Kind gzip(String type, String begin, String repeated) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (OutputStream gzip = new GZIPOutputStream(bytes)) {
        gzip.write(numbered(begin + repeated, LENGTH), 0, LENGTH);
      } catch (IOException e) {
        throw new UncheckedIOException("memory does not fail", e);
      }
      return new Kind(type, "", bytes.toByteArray(), true, false);
    }
  }

  private static byte[] numbered(String repeated, int length) {
    StringBuilder text = new StringBuilder(length + 100);
    int number = 0;
    while (text.length() < length) {
      text.append(repeated.replace("#", Integer.toString(number++, 36)));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static final String HTML = "text/html; charset=utf-8";
  private static final String LIST =
      "<li class=item><a href='https://elsewhere.example/page/#?x=1'>Title #</a> and its words</li>\n";

  private static final List<Kind> KINDS =
      List.of(
          Kind.of(HTML, "<title>Links</title><ul>", LIST),
          Kind.of(HTML, "<title>Style</title>", "<b><i>"),
          Kind.of(HTML, "<p>" + "<b #>".repeat(200), "<p>x"),
          Kind.of("text/plain", "", "words of text, number #\n"),
          Kind.gzip(HTML, "<ul>", LIST),
          Kind.of(HTML, "", "<br a#=# b#=# c#=# d#=# e#=# f#=# g#=# h#=#>"),
          Kind.of(HTML, "<p>", "слова и слова # "),
          Kind.of("application/octet-stream", "", "\0\1\2\3#"),
          Kind.of(HTML, "<table>", "<table><b><i><s>"),
          Kind.slow(HTML, "<h1>Slow</h1>", "<p>Words, <a href=/page/0>back</a>.</p>\n"));

  @Override
  public boolean answer(Request request, Socket socket, OutputStream out)
      throws IOException, InterruptedException {
    int number = Integer.parseInt(request.path().substring("/page/".length()));
    Kind kind = KINDS.get(number % KINDS.size());
    boolean chunked = kind.gzip() || request.header("host").hashCode() % 2 == 0;
    out.write(header(kind, chunked).getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    crowd.countDown();
    boolean _ = crowd.await(20, TimeUnit.SECONDS);
    if (chunked) {
      try (OutputStream chunks = new BufferedOutputStream(new Chunks(out), BLOCK)) {
        write(kind, chunks);
      }
    } else {
      write(kind, out);
    }
    out.flush();
    return true;
  }

  private static String header(Kind kind, boolean chunked) {
    return "HTTP/1.1 200 OK\r\nContent-Type: %s\r\n%s%s\r\n"
        .formatted(
            kind.type(),
            kind.gzip() ? "Content-Encoding: gzip\r\n" : "",
            chunked ? CHUNKED : "Content-Length: " + LENGTH + "\r\n");
  }

  private static void write(Kind kind, OutputStream out) throws IOException, InterruptedException {
    if (kind.gzip()) {
      out.write(kind.body());
      return;
    }
    out.write(kind.begin().getBytes(StandardCharsets.UTF_8));
    int left = LENGTH - kind.begin().length();
    int from = 0;
    while (left > 0) {
      int length = Math.min(Math.min(left, BLOCK), kind.body().length - from);
      out.write(kind.body(), from, length);
      left -= length;
      from = (from + length) % kind.body().length;
      if (kind.slow()) {
        out.flush();
        TimeUnit.MILLISECONDS.sleep(20); // the site's own slowness: some seconds in all
      }
    }
  }

  /** A body in chunks, each of what is written at once; its end is that of the body alone. */
  private static final class Chunks extends FilterOutputStream {
    Chunks(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      out.write(bytes, from, length);
      out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
      out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }
  }
}
