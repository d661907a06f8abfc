package io.fcrawler.worker.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.testing.web.Answer;
import io.fcrawler.testing.web.Misbehaviour;
import io.fcrawler.worker.fetch.FetchOutcome.Deferred;
import io.fcrawler.worker.fetch.FetchOutcome.Fetched;
import io.fcrawler.worker.fetch.FetchOutcome.Redirected;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9112, HTTP/1.1: status lines, headers, where bodies end, and connections. */
class Rfc9112Test extends FetchingContract {
  private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";

  /** Section 4. */
  @Test
  void anAnswerThatIsNotHttp() throws Exception {
    last("protocol_error", 0, Misbehaviour.sending("220 smtp.example ESMTP\r\n"));
  }

  /** Section 4. */
  @Test
  void anAnswerWithoutHeader() throws Exception {
    last("protocol_error", 0, Misbehaviour.sending("<html>\r\n\r\n"));
  }

  /** Section 4. */
  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 200", "HTTP/1.1 200 ", "HTTP/1.0 200 OK", "ICY 200 OK"})
  void aStatusLineMayLackItsReason(String line) throws Exception {
    assertEquals("ok", body(line + "\r\n\r\nok"));
  }

  /** Section 4. */
  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 20 OK", "HTTP/1.1 2000 OK", "HTTP/1.1 -12 Below", "HTTP/2 200"})
  void aStatusIsThreeDigits(String line) throws Exception {
    last("protocol_error", 0, Misbehaviour.sending(line + "\r\n\r\nok"));
  }

  /** Sections 2.2, 5.1 and 5.2. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "X: a\r\n b",
        " X: a",
        "no colon",
        ": x",
        "X : x",
        "X: a\u0000b",
        "\u00e9: \u00ff"
      })
  void aCrookedHeaderLineDoesNoHarm(String line) throws Exception {
    assertEquals("ok", body(OK + line + "\r\nContent-Length: 2\r\n\r\nok"));
  }

  /** Section 5.2. */
  @Test
  void aContinuedLineBelongsToTheFieldBefore() throws Exception {
    String fields =
        "Link: </t>;\r\n rel=next,\r\n\t<http://h.example/>; rel=prev\r\nX: a\r\n b\r\n";
    site.route("/a", Misbehaviour.sending(OK + fields + "Content-Length: 2\r\n\r\nok"));
    assertEquals(
        List.of("</t>; rel=next, <http://h.example/>; rel=prev"),
        fetch("/a", Fetched.class).meta().links());
  }

  /** Section 5.2. */
  @Test
  void everyFieldMayBeContinued() throws Exception {
    site.route("/a", Misbehaviour.sending("HTTP/1.1 301 Moved\r\nLocation:\r\n /b\r\n\r\n"));
    assertEquals("/b", fetch("/a", Redirected.class).location().orElseThrow());
    String fields =
        String.join(
            "\r\n",
            List.of(
                "HTTP/1.1 200 OK",
                "Content-Type:",
                " text/html;",
                "\tcharset=koi8-r",
                "Refresh: 0;",
                " url=/c",
                "Transfer-Encoding:",
                " chunked",
                "",
                ""));
    site.route("/d", Misbehaviour.sending(fields + "2\r\nok\r\n0\r\n\r\n"));
    Fetched page = fetch("/d", Fetched.class);
    assertEquals("text/html; charset=koi8-r", page.meta().contentType().orElseThrow());
    assertEquals("0; url=/c", page.meta().refresh().orElseThrow());
    assertEquals("ok", new String(page.body(), StandardCharsets.UTF_8));
  }

  /** Section 5.2. */
  @Test
  void aContinuedCodingIsUndone() throws Exception {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    try (GZIPOutputStream zipped = new GZIPOutputStream(sent)) {
      zipped.write('x');
    }
    String coded =
        OK + "Content-Encoding:\r\n gzip\r\n\r\n" + sent.toString(StandardCharsets.ISO_8859_1);
    assertEquals("x", body(coded));
  }

  /** WHATWG Fetch, section 2.2.2: of several types, all. */
  @Test
  void severalContentTypesAreKept() throws Exception {
    String fields = OK + "Content-Type: text/html; charset=koi8-r\r\nContent-Type: text/html\r\n";
    site.route("/a", Misbehaviour.sending(fields + "Content-Length: 2\r\n\r\nok"));
    assertEquals(
        "text/html, text/html; charset=koi8-r, text/html",
        fetch("/a", Fetched.class).meta().contentType().orElseThrow());
  }

  /** RFC 9110, section 5.5: bytes beyond ASCII, in whatever charset. */
  @Test
  void aByteInAReferenceIsKept() throws Exception {
    String moved = "HTTP/1.1 301 Moved\r\nLocation: /\u00e9?\u00c3\u00a9\r\n\r\n";
    site.route("/a", Misbehaviour.sending(moved));
    assertEquals("/%E9?é", fetch("/a", Redirected.class).location().orElseThrow());
    site.route("/b", Misbehaviour.sending(OK + "Refresh: 0;url=/\u00e9\r\n\r\nok"));
    assertEquals("0;url=/%E9", fetch("/b", Fetched.class).meta().refresh().orElseThrow());
  }

  /** Section 2.2. */
  @Test
  void linesMayEndInALineFeedAlone() throws Exception {
    assertEquals("ok", body("HTTP/1.1 200 OK\nContent-Length: 2\n\nok"));
  }

  /** Section 6.3, item 8. */
  @Test
  void aBodyWithoutLengthEndsWithItsConnection() throws Exception {
    site.route("/a", Misbehaviour.sending("HTTP/1.1 200 OK\r\n\r\nabc"));
    assertArrayEquals("abc".getBytes(StandardCharsets.UTF_8), fetch("/a", Fetched.class).body());
  }

  /** Section 6.3, item 4. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: -5",
        "Content-Length: +5",
        "Content-Length: 0x5",
        "Content-Length: many",
        "Content-Length: 5, 5",
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 99999999999999999999",
        "Transfer-Encoding: gzip",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: chunked, chunked"
      })
  void aBodyWhoseEndIsInDoubtIsRefused(String header) throws Exception {
    last("protocol_error", 200, Misbehaviour.sending(OK + header + "\r\n\r\nhello"));
  }

  /** Section 6.3, item 5. */
  @Test
  void aLengthMayBeNamedTwice() throws Exception {
    assertEquals("ok", body(OK + "Content-Length: 2\r\nContent-Length: 2\r\n\r\nok"));
  }

  /** Section 6.3, item 3. */
  @Test
  void chunksCountMoreThanALength() throws Exception {
    String both = OK + "Content-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n";
    assertEquals("ok", body(both + "2\r\nok\r\n0\r\n\r\n"));
  }

  /** Section 8. */
  @Test
  void aBodyShorterThanAnnounced() throws Exception {
    passing("truncated_body", 200, Misbehaviour.sending(OK + "Content-Length: 10\r\n\r\nabc"));
  }

  /** Section 8. */
  @Test
  void aLongBodyShorterThanAnnounced() throws Exception {
    passing("truncated_body", 200, Misbehaviour.sending(OK + "Content-Length: 1000000\r\n\r\nabc"));
  }

  /** Section 8. */
  @Test
  void aBodyCutWithinAChunk() throws Exception {
    passing(
        "truncated_body",
        200,
        Misbehaviour.sending(OK + "Transfer-Encoding: chunked\r\n\r\n9\r\nabc"));
  }

  /** Section 8. */
  @Test
  void aBodyCutBetweenChunks() throws Exception {
    passing(
        "truncated_body",
        200,
        Misbehaviour.sending(OK + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"));
  }

  /** Section 7.1. */
  @Test
  void aChunkWithoutLength() throws Exception {
    last(
        "protocol_error",
        200,
        Misbehaviour.sending(OK + "Transfer-Encoding: chunked\r\n\r\nxyz\r\nabc\r\n"));
  }

  /** Sections 7.1.1 and 7.1.2. */
  @Test
  void chunksMayHaveExtensionsAndTrailers() throws Exception {
    String chunks = "002;a=b;\"c\"\r\nok\r\n00;d\r\nContent-Length: 99\r\nX: y\r\n\r\n";
    assertEquals("ok", body(CHUNKED + chunks));
  }

  /** Section 7.1.1: a recipient limits the length of extensions. */
  @ParameterizedTest
  @ValueSource(strings = {"5;", "0000", "2\r\nok"})
  void chunkHeadersWithoutEndAreRefused(String start) throws Exception {
    last("protocol_error", 200, Misbehaviour.flooding(CHUNKED + start, "00000000"));
  }

  /** Section 9.2: what was left on a connection answers no other request. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 404 Other\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 Other\r\nContent-Length: 5\r\n\r\nother",
        "garbage\r\n\r\n",
        "word"
      })
  void theRestOfAnAnswerIsNoAnswer(String rest) throws Exception {
    site.route("/a", Misbehaviour.keeping(OK + "Content-Length: 2\r\n\r\nok" + rest))
        .html("/b", "b");
    assertEquals(2, fetch("/a", Fetched.class).body().length);
    assertTrue(fetch("/b", Deferred.class).untaken());
    assertEquals(1, fetch("/b", Fetched.class).body().length);
    assertEquals(2, site.connections());
  }

  /** Section 9.3.1. */
  @Test
  void aKeptConnectionThatDiedIsToldAndReplaced() throws Exception {
    site.html("/a", "a");
    fetch("/a", Fetched.class);
    site.dropConnections();
    assertTrue(fetch("/a", Deferred.class).untaken());
    fetch("/a", Fetched.class);
    assertEquals(2, site.connections());
    assertEquals(2, site.log().size());
  }

  /** RFC 8297, and RFC 9110, section 15.2. */
  @Test
  void earlyHintsPrecedeTheAnswer() throws Exception {
    site.route(
        "/a",
        (request, socket, out) -> {
          out.write(
              "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n".getBytes(StandardCharsets.UTF_8));
          Answer.html("a").writeTo(out);
          return true;
        });
    assertEquals(200, fetch("/a", Fetched.class).status());
  }

  /** RFC 9110, section 15.2. */
  @ParameterizedTest
  @ValueSource(ints = {100, 102, 103, 199})
  void interimAnswersWithoutEndAreRefused(int status) throws Exception {
    passing(
        "incomplete_header",
        0,
        Misbehaviour.flooding("", "HTTP/1.1 " + status + " Interim\r\nX: y\r\n\r\n"));
  }
}
