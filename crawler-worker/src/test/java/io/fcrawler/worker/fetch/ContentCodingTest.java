package io.fcrawler.worker.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.fcrawler.testing.web.Answer;
import io.fcrawler.testing.web.Misbehaviour;
import io.fcrawler.testing.web.Route;
import io.fcrawler.worker.fetch.FetchOutcome.Fetched;
import io.fcrawler.worker.fetch.FetchOutcome.Rejected;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, section 8.4: content codings, and what claims to be one. */
class ContentCodingTest extends FetchingContract {
  /** "The quick brown fox", 40 times, by the brotli reference encoder. */
  private static final String BROTLI = "G/cC+I2UqeNbU5mh4Ym3HGSSzlKEbTqKFkjXnxw=";

  private static final String WORDS = "The quick brown fox".repeat(40);

  /** Section 8.4.1.3. */
  @Test
  void gzipIsDecoded() throws Exception {
    site.route("/a", Answer.html("x".repeat(50_000)).gzip());
    Fetched fetched = fetch("/a", Fetched.class);
    assertEquals(50_000, fetched.body().length);
    assertTrue(fetched.bytesReceived() < 1000, "bytes: " + fetched.bytesReceived());
  }

  @Test
  void brotliIsDecoded() throws Exception {
    byte[] body = Base64.getDecoder().decode(BROTLI);
    site.route("/a", Answer.of(200, "text/html", body).with("Content-Encoding: br"));
    Fetched fetched = fetch("/a", Fetched.class);
    assertEquals(
        "The quick brown fox".repeat(40), new String(fetched.body(), StandardCharsets.UTF_8));
    assertEquals(body.length, fetched.bytesReceived());
  }

  /** Section 8.4.1.2, with and without the format of zlib. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void deflateIsDecoded(boolean raw) throws Exception {
    assertEquals(WORDS, decoded("deflate", deflated(raw)));
  }

  /** Section 8.4: codings are listed in the order in which they were applied. */
  @ParameterizedTest
  @ValueSource(strings = {"deflate, gzip", "Deflate , identity,,X-GZIP"})
  void aListOfCodingsIsUndoneFromItsEnd(String codings) throws Exception {
    Answer twice = Answer.of(200, "text/html", deflated(false)).gzip();
    assertEquals(WORDS, decoded(codings, twice.body()));
  }

  /** RFC 1952, section 2.2: members follow one another; what follows else is no part of it. */
  @Test
  void gzipMayHaveMembersAndATail() throws Exception {
    byte[] one = Answer.text(WORDS).gzip().body();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(one);
    all.write(one);
    all.write("tail".getBytes(StandardCharsets.UTF_8));
    assertEquals(WORDS + WORDS, decoded("gzip", all.toByteArray()));
  }

  /** The JDK's decoder goes a level deeper at each. */
  @Test
  void gzipOfVeryManyEmptyMembersIsRefused() throws Exception {
    byte[] one = Answer.text("").gzip().body();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < 60_000; i++) {
      all.write(one);
    }
    site.route("/a", Answer.of(200, "text/html", all.toByteArray()).with("Content-Encoding: gzip"));
    assertEquals("bad_encoding", fetch("/a", Rejected.class).reason());
  }

  private String decoded(String codings, byte[] body) throws InterruptedException {
    site.route("/a", Answer.of(200, "text/html", body).with("Content-Encoding: " + codings));
    Fetched fetched = fetch("/a", Fetched.class);
    assertEquals(body.length, fetched.bytesReceived());
    return new String(fetched.body(), StandardCharsets.UTF_8);
  }

  private static byte[] deflated(boolean raw) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, raw);
    try (OutputStream out = new DeflaterOutputStream(bytes, deflater)) {
      out.write(WORDS.getBytes(StandardCharsets.UTF_8));
    }
    deflater.end();
    return bytes.toByteArray();
  }

  /** RFC 8878. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 19, 22})
  void zstdIsDecoded(int level) throws Exception {
    assertEquals(WORDS, decoded("zstd", Zstd.compress(bytes(WORDS), level)));
  }

  /** RFC 8878, section 3.1: frames follow one another, and some are skipped. */
  @Test
  void zstdMayHaveFrames() throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(new byte[] {0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 'x', 'x'});
    all.write(Zstd.compress(bytes("a")));
    all.write(Zstd.compress(bytes(WORDS)));
    assertEquals("a" + WORDS, decoded("zstd", all.toByteArray()));
  }

  @Test
  void zstdWithoutTheSizeOfItsContentIsDecoded() throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (OutputStream out = new ZstdOutputStreamNoFinalizer(all)) {
      for (int i = 0; i < 100; i++) {
        out.write(bytes(WORDS));
        out.flush();
      }
    }
    assertEquals(WORDS.repeat(100), decoded("zstd", all.toByteArray()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd, gzip", "ZSTD , identity, x-gzip"})
  void zstdMayBeOneOfSeveralCodings(String codings) throws Exception {
    Answer twice = Answer.of(200, "text/html", Zstd.compress(bytes(WORDS))).gzip();
    assertEquals(WORDS, decoded(codings, twice.body()));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 10, 30})
  void aZstdBodyThatIsCutIsRefused(int length) throws Exception {
    byte[] cut = Arrays.copyOf(Zstd.compress(bytes(WORDS)), length);
    last("bad_encoding", 200, coded("zstd", cut));
  }

  @Test
  void aZstdBodyWhoseChecksumIsWrongIsRefused() throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (OutputStream out = new ZstdOutputStreamNoFinalizer(all).setChecksum(true)) {
      out.write(bytes(WORDS));
    }
    byte[] wrong = all.toByteArray();
    wrong[wrong.length - 1] ^= 1;
    last("bad_encoding", 200, coded("zstd", wrong));
  }

  /** RFC 9659, section 3: no more than 8 MiB. */
  @Test
  void aZstdBodyWithAWindowThatIsTooLargeIsRefused() throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (OutputStream out = new ZstdOutputStreamNoFinalizer(all).setLong(27)) {
      out.write(new byte[1000]);
    }
    last("bad_encoding", 200, coded("zstd", all.toByteArray()));
  }

  @Test
  void aZstdBombIsCut() throws Exception {
    byte[] bomb = Zstd.compress(new byte[16 << 20], 19);
    assertTrue(bomb.length < 10_000, bomb.length + " bytes");
    cut("zstd", bomb);
    cut("zstd, zstd", Zstd.compress(bomb));
  }

  /** 16 MiB of zeros. */
  @Test
  void aBrotliBombIsCut() throws Exception {
    cut("br", Base64.getDecoder().decode("n/////gnAOKxQCD3/h8="));
  }

  private void cut(String codings, byte[] bomb) throws InterruptedException {
    site.route("/a", coded(codings, bomb));
    Fetched fetched = fetch("/a", Fetched.class);
    assertTrue(fetched.truncated());
    assertEquals(LIMIT, fetched.body().length);
  }

  /** RFC 8878, section 3.1.2: what is skipped is bounded too. */
  @Test
  void aZstdBodyOfSkippedFramesAloneIsRefused() throws Exception {
    byte[] frame = {0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0};
    String head = OK + "Content-Encoding: zstd\r\n\r\n";
    String skipped = new String(frame, StandardCharsets.ISO_8859_1).repeat(1000);
    last("bad_encoding", 200, Misbehaviour.flooding(head, skipped));
  }

  private static Route coded(String codings, byte[] body) {
    return Route.of(Answer.of(200, "text/html", body).with("Content-Encoding: " + codings));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Section 8.4. */
  @ParameterizedTest
  @ValueSource(strings = {"utf-8", "none", "binary", ""})
  void aNameThatIsNoCodingIsLeftOut(String name) throws Exception {
    assertEquals(WORDS, decoded(name, bytes(WORDS)));
    assertEquals(WORDS, decoded("gzip, " + name, Answer.text(WORDS).gzip().body()));
  }

  /** Section 8.4. */
  @ParameterizedTest
  @ValueSource(strings = {"zstd", "compress", "x-compress", "dcb", "lzma", "gzip, xz", "zstd, br"})
  void aBodyThatCannotBeDecodedIsNoAnswer(String codings) throws Exception {
    last("bad_encoding", 200, coded(codings, bytes("plain text")));
  }

  /** MIME Sniffing, section 5.2: text has no such bytes. */
  @Test
  void binaryDataOfATextAndAnUnknownCodingAreNoAnswer() throws Exception {
    byte[] body = {1, 2, 3, 4, 5, 6, 7, 8};
    last("bad_encoding", 200, coded("new-coding", body));
    site.route("/a", Answer.of(200, "image/png", body).with("Content-Encoding: binary"));
    assertEquals(8, fetch("/a", Fetched.class).body().length);
  }

  @Test
  void textInUtf16BesideANameThatIsNoCodingIsLeftAsItIs() throws Exception {
    byte[] body = "abc".getBytes(StandardCharsets.UTF_16);
    site.route("/a", coded("utf-16", body));
    assertEquals(8, fetch("/a", Fetched.class).body().length);
  }

  /** Section 8.4. */
  @Test
  void anEmptyBodyThatClaimsToBeCompressedIsEmpty() throws Exception {
    site.route("/a", Answer.html("").with("Content-Encoding: gzip"));
    assertEquals(0, fetch("/a", Fetched.class).body().length);
  }

  /** Section 8.4. */
  @Test
  void aBodyThatIsNotCompressedAsItSays() throws Exception {
    last("bad_encoding", 200, Route.of(Answer.html("plain text").with("Content-Encoding: gzip")));
  }

  /** Section 8.4. */
  @Test
  void aBodyThatIsNoBrotli() throws Exception {
    byte[] body = new byte[100];
    Arrays.fill(body, (byte) 0xff);
    last(
        "bad_encoding",
        200,
        Route.of(Answer.of(200, "text/html", body).with("Content-Encoding: br")));
  }

  /** Section 8.4. */
  @Test
  void aCompressedBodyThatIsCut() throws Exception {
    Answer whole = Answer.html("abcdefgh".repeat(1000)).gzip();
    byte[] half = Arrays.copyOf(whole.body(), whole.body().length / 2);
    passing("truncated_body", 200, Route.of(new Answer(200, whole.headers(), half)));
  }

  /** Section 8.4. */
  @Test
  void aCompressedBodyWhoseChecksumIsWrong() throws Exception {
    Answer whole = Answer.html("abcdefgh".repeat(1000)).gzip();
    byte[] wrong = whole.body().clone();
    wrong[wrong.length - 5] ^= 1;
    last("bad_encoding", 200, Route.of(new Answer(200, whole.headers(), wrong)));
  }

  /** Section 8.4. */
  @Test
  void aGzipBombIsCut() throws Exception {
    site.route("/a", Misbehaviour.gzipBomb(64));
    Fetched fetched = fetch("/a", Fetched.class);
    assertTrue(fetched.truncated());
    assertEquals(LIMIT, fetched.body().length);
  }

  /** Section 8.4: the codings' own headers are bounded too. */
  @Test
  void aCodingWithoutContentIsRefused() throws Exception {
    String head = OK + "Content-Encoding: gzip\r\n\r\n";
    last("bad_encoding", 200, Misbehaviour.flooding(head + "\u001f\u008b\b\b", "name"));
  }

  /** Section 8.4: no one codes more often than that. */
  @Test
  void codingsWithoutEndAreRefused() throws Exception {
    String codings = "Content-Encoding: " + "gzip,".repeat(6);
    last("bad_encoding", 200, Route.of(Answer.html("x").with(codings)));
  }

  /** What fails while a coding is undone is told as what it is. */
  @Test
  void aConnectionThatHangsWithinACodingIsNoBadCoding() throws Exception {
    fetcher.close();
    Duration ample = Duration.ofSeconds(40);
    fetcher =
        new OkHttpFetcher(Fetching.loopback().withTimeouts(ample, Duration.ofMillis(300), ample));
    byte[] half = Arrays.copyOf(Base64.getDecoder().decode(BROTLI), 10);
    String head = OK + "Content-Encoding: br\r\n\r\n";
    passing(
        "timeout",
        200,
        Misbehaviour.hangingAfter(head + new String(half, StandardCharsets.ISO_8859_1)));
  }
}
