package io.fcrawler.worker;

import io.fcrawler.worker.testing.Request;
import io.fcrawler.worker.testing.Route;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

  private final CountDownLatch crowd;

  HugePages(int crowd) {
    this.crowd = new CountDownLatch(crowd);
  }

  /** A body: its type, what comes first, and what is repeated, with a number for each {@code #}. */
  private record Kind(String type, String begin, String repeated, boolean gzip, boolean slow) {
    Kind(String type, String begin, String repeated) {
      this(type, begin, repeated, false, false);
    }
  }

  private static final String HTML = "text/html; charset=utf-8";
  private static final String LIST =
      "<li class=item><a href='https://elsewhere.example/page/#?x=1'>Title #</a> and its words</li>\n";

  private static final List<Kind> KINDS =
      List.of(
          new Kind(HTML, "<title>Links</title><ul>", LIST),
          new Kind(HTML, "<title>Style</title>", "<b><i>"),
          new Kind(HTML, "<p>" + "<b #>".repeat(200), "<p>x"),
          new Kind("text/plain", "", "words of text, number #\n"),
          new Kind(HTML, "<ul>", LIST, true, false),
          new Kind(HTML, "", "<br a#=# b#=# c#=# d#=# e#=# f#=# g#=# h#=#>"),
          new Kind(HTML, "<p>", "слова и слова # "),
          new Kind("application/octet-stream", "", "\0\1\2\3#"),
          new Kind(HTML, "<table>", "<table><b><i><s>"),
          new Kind(HTML, "<h1>Slow</h1>", "<p>Words and words, <a href=/page/0>back</a>.</p>\n", false, true));

  static int kinds() {
    return KINDS.size();
  }

  @Override
  public boolean answer(Request request, Socket socket, OutputStream out)
      throws IOException, InterruptedException {
    int number = Integer.parseInt(request.path().substring("/page/".length()));
    Kind kind = KINDS.get(number % KINDS.size());
    boolean chunked = kind.gzip() || number / KINDS.size() % 2 == 0;
    out.write(header(kind, chunked).getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    crowd.countDown();
    boolean _ = crowd.await(20, TimeUnit.SECONDS);
    if (chunked) {
      OutputStream chunks = new BufferedOutputStream(new Chunks(out), BLOCK);
      try (OutputStream body = kind.gzip() ? new GZIPOutputStream(chunks) : chunks) {
        write(kind, body);
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
    StringBuilder block = new StringBuilder(kind.begin());
    int number = 0;
    int left = LENGTH;
    while (left > 0) {
      while (block.length() < BLOCK) {
        block.append(kind.repeated().replace("#", Integer.toString(number++, 36)));
      }
      byte[] bytes = block.toString().getBytes(StandardCharsets.UTF_8);
      int length = Math.min(left, bytes.length);
      out.write(bytes, 0, length);
      left -= length;
      block.setLength(0);
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
