package io.fcrawler.worker.torture;

import static io.fcrawler.worker.torture.Expected.crawled;
import static io.fcrawler.worker.torture.Expected.last;
import static io.fcrawler.worker.torture.Expected.retried;

import com.github.luben.zstd.Zstd;
import io.fcrawler.testing.web.Answer;
import io.fcrawler.testing.web.Misbehaviour;
import io.fcrawler.testing.web.Route;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Content codings (RFC 9110, section 8.4), true and false. */
final class CodingRoutes {
  private static final byte[] PAGE =
      ("<a href=/>home</a>" + "<p>words and words".repeat(200)).getBytes(StandardCharsets.UTF_8);
  private static final byte[] BOMB = new byte[16 << 20];

  /** "The quick brown fox", 40 times, by the brotli reference encoder. */
  private static final byte[] BROTLI =
      Base64.getDecoder().decode("G/cC+I2UqeNbU5mh4Ym3HGSSzlKEbTqKFkjXnxw=");

  /** The zeros of {@link #BOMB}, by the brotli reference encoder. */
  private static final byte[] BROTLI_BOMB = Base64.getDecoder().decode("n/////gnAOKxQCD3/h8=");

  private CodingRoutes() {}

  static List<TortureRoute> all() {
    byte[] gzip = gzip(PAGE);
    byte[] damaged = gzip.clone();
    damaged[damaged.length - 5] ^= 1;
    List<TortureRoute> good =
        List.of(
            page("gzip", "gzip", gzip),
            page("upper-case", "GZIP", gzip),
            page("x-gzip", "x-gzip", gzip),
            page("identity", "identity", PAGE),
            page("none", "none", PAGE),
            page("utf-8", "utf-8", PAGE),
            page("empty-name", "", PAGE),
            page("zlib", "deflate", deflate(PAGE, false)),
            page("raw-deflate", "deflate", deflate(PAGE, true)),
            page("twice", "gzip, gzip", gzip(gzip)),
            page("mixed", "deflate, identity, gzip", gzip(deflate(PAGE, false))),
            page("members", "gzip", joined(gzip(new byte[] {' '}), gzip)),
            page("trailing-zeros", "gzip", joined(gzip, new byte[1000])),
            page("trailing-garbage", "gzip", joined(gzip, PAGE)),
            page("deflate-garbage", "deflate", joined(deflate(PAGE, false), PAGE)));
    List<TortureRoute> bad =
        List.of(
            of("brotli", "br", BROTLI, crawled().links(0)),
            of("brotli-garbage", "br", joined(BROTLI, BROTLI), last("bad_encoding")),
            of("brotli-cut", "br", Arrays.copyOf(BROTLI, 20), last("bad_encoding")),
            of("empty", "gzip", new byte[0], crawled().links(0)),
            of("empty-brotli", "br", new byte[0], crawled().links(0)),
            of("empty-page", "gzip", gzip(new byte[0]), crawled().links(0)),
            of("no-gzip", "gzip", PAGE, last("bad_encoding")),
            of("no-brotli", "br", PAGE, last("bad_encoding")),
            of("no-deflate", "deflate", PAGE, last("bad_encoding")),
            of("once", "gzip, gzip", gzip, last("bad_encoding")),
            of("six", "gzip,".repeat(6), gzip, last("bad_encoding")),
            of("thousands", "gzip,".repeat(5000), gzip, last("bad_encoding")),
            of("checksum", "gzip", damaged, last("bad_encoding")),
            of("cut", "gzip", Arrays.copyOf(gzip, 40), retried("truncated_body")),
            of("cut-header", "gzip", Arrays.copyOf(gzip, 5), retried("truncated_body")),
            of("cut-end", "gzip", Arrays.copyOf(gzip, gzip.length - 4), retried("truncated_body")),
            of("empty-members", "gzip", repeated(gzip(new byte[0]), 60_000), last("bad_encoding")),
            of("bomb", "gzip", gzip(BOMB), crawled().cut()),
            of("zlib-bomb", "deflate", deflate(BOMB, false), crawled().cut()),
            of("bomb-in-bomb", "gzip, gzip", gzip(gzip(BOMB)), crawled().cut()));
    return List.of(good, bad, zstd(), endless(gzip)).stream().flatMap(List::stream).toList();
  }

  private static List<TortureRoute> zstd() {
    byte[] zstd = Zstd.compress(PAGE);
    byte[] bomb = Zstd.compress(BOMB);
    return List.of(
        page("zstd", "zstd", zstd),
        page("zstd-in-gzip", "zstd, gzip", gzip(zstd)),
        page("zstd-frames", "zstd", joined(Zstd.compress(new byte[] {' '}), zstd)),
        of("no-zstd", "zstd", PAGE, last("bad_encoding")),
        of("zstd-garbage", "zstd", joined(zstd, PAGE), last("bad_encoding")),
        of("zstd-cut", "zstd", Arrays.copyOf(zstd, 20), last("bad_encoding")),
        of("empty-zstd", "zstd", new byte[0], crawled().links(0)),
        of("compress", "compress", PAGE, last("bad_encoding")),
        of("unknown", "unknown", gzip(PAGE), last("bad_encoding")),
        of("zstd-bomb", "zstd", bomb, crawled().cut()),
        of("zstd-bomb-in-bomb", "zstd, zstd", Zstd.compress(bomb), crawled().cut()),
        of("brotli-bomb", "br", BROTLI_BOMB, crawled().cut()),
        of("bombs-in-turn", "br, zstd", Zstd.compress(BROTLI_BOMB), crawled().cut()));
  }

  private static List<TortureRoute> endless(byte[] gzip) {
    String head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n";
    String named = new String(new byte[] {0x1f, (byte) 0x8b, 8, 8}, StandardCharsets.ISO_8859_1);
    String stored = new String(new byte[] {0, 0, 0, -1, -1}, StandardCharsets.ISO_8859_1);
    String start = new String(gzip, 0, 10, StandardCharsets.ISO_8859_1);
    String member = new String(gzip, StandardCharsets.ISO_8859_1);
    return List.of(
        flood("name", head + named, "name".repeat(1000), last("bad_encoding")),
        flood("empty-blocks", head + start, stored.repeat(1000), last("bad_encoding")),
        flood("members", head, member.repeat(100), crawled().links(1).cut()),
        TortureRoute.of(
            "/coding/brotli-hangs",
            Misbehaviour.hangingAfter(
                head.replace("gzip", "br")
                    + new String(BROTLI, 0, 10, StandardCharsets.ISO_8859_1)),
            retried("timeout")));
  }

  private static TortureRoute flood(String name, String head, String block, Expected expected) {
    return TortureRoute.of("/coding/flood-" + name, Misbehaviour.flooding(head, block), expected);
  }

  private static TortureRoute page(String name, String coding, byte[] body) {
    return of(name, coding, body, crawled().links(1));
  }

  private static TortureRoute of(String name, String coding, byte[] body, Expected expected) {
    Answer answer = Answer.of(200, "text/html", body).with("Content-Encoding: " + coding);
    return TortureRoute.of("/coding/" + name, Route.of(answer), expected);
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(sink)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sink.toByteArray();
  }

  private static byte[] deflate(byte[] bytes, boolean raw) {
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    try (OutputStream out =
        new DeflaterOutputStream(sink, new Deflater(Deflater.DEFAULT_COMPRESSION, raw))) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sink.toByteArray();
  }

  private static byte[] repeated(byte[] bytes, int times) {
    ByteBuffer all = ByteBuffer.allocate(bytes.length * times);
    for (int i = 0; i < times; i++) {
      all.put(bytes);
    }
    return all.array();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
