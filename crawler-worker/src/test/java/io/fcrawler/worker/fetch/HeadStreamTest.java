package io.fcrawler.worker.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What OkHttp reads of the head of an answer. */
class HeadStreamTest {
  private static final String STATUS = "HTTP/1.1 200 OK\r\n";

  @Test
  void aContinuedFieldIsOneLine() throws IOException {
    String sent = STATUS + "A:\r\n b\r\n\t c\r\nB: c\r\n\r\n";
    assertEquals(STATUS + "A: b c\r\nB: c\r\n\r\n", read(sent));
    assertEquals("HTTP/1.1 200 OK\nA: b\n\n", read("HTTP/1.1 200 OK\nA:\n b\n\n"));
    assertEquals(STATUS + "A:\t  b\r\n\r\n", read(STATUS + "A:\t\r\n\t\r\n\tb\r\n\r\n"));
    assertEquals(STATUS + "A: b \r\n\r\n", read(STATUS + "A: b\r\n  \r\n\r\n"));
  }

  @Test
  void aBodyPassesAsItIs() throws IOException {
    String head = STATUS + "A: b\r\n\r\n";
    String body = "x\r\n y\r\n\r\n\u00e9\r\nLocation: \u00e9\r\n";
    assertEquals(head + body, read(head + body));
  }

  @Test
  void theAnswerThatFollowsInformationIsReadToo() throws IOException {
    String early = "HTTP/1.1 103 Early Hints\r\nLink: </x>;\r\n rel=next\r\n\r\n";
    String unfolded = "HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=next\r\n\r\n";
    assertEquals(unfolded + STATUS + "A: b\r\n\r\n c", read(early + STATUS + "A:\r\n b\r\n\r\n c"));
    String switched = "HTTP/1.1 101 Switching Protocols\r\n\r\nA:\r\n b\r\n";
    assertEquals(switched, read(switched));
  }

  @Test
  void whatIsNoHeadPassesToo() throws IOException {
    assertEquals("", read(""));
    assertEquals("220 smtp", read("220 smtp"));
    assertEquals("\r\nA: b\r\n", read("\r\nA: b\r\n"));
    String endless = "a".repeat(600_000);
    assertEquals(endless, read(endless));
  }

  @ParameterizedTest
  @CsvSource({
    "Location, %E9",
    "location, %E9",
    "Refresh, %E9",
    "Link, %E9",
    "Content-Location, %E9",
    "X, é",
    "Set-Cookie, é"
  })
  void aByteThatIsNotUtf8IsRequestedAsItIs(String name, String expected) throws IOException {
    String answer = STATUS + name + ": /\u00e9/\u00c3\u00a9/a\r\n\r\n";
    String read = new String(read(answer).getBytes(ISO_8859_1), UTF_8);
    assertEquals(STATUS + name + ": /" + expected + "/é/a\r\n\r\n", read);
  }

  @Test
  void aCharacterThatIsCutIsRequestedAsItIs() throws IOException {
    String answer = STATUS + "Location: /\u00e2\u0082/\u00f0\r\n\r\n";
    assertEquals(STATUS + "Location: /%E2%82/%F0\r\n\r\n", read(answer));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void bytesMayComeInAnyPieces(int piece) throws IOException {
    String sent = STATUS + "A:\r\n b\r\nLocation: /\u00e9\r\n\r\nbody\r\n x";
    InputStream pieces =
        new FilterInputStream(new ByteArrayInputStream(sent.getBytes(ISO_8859_1))) {
          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            return super.read(bytes, offset, Math.min(piece, length));
          }
        };
    assertEquals(
        STATUS + "A: b\r\nLocation: /%E9\r\n\r\nbody\r\n x",
        new String(asked(pieces).readAllBytes(), ISO_8859_1));
  }

  @Test
  void withoutARequestAllPasses() throws IOException {
    byte[] sent = (STATUS + "A:\r\n b\r\n\r\n").getBytes(ISO_8859_1);
    assertEquals(
        STATUS + "A:\r\n b\r\n\r\n",
        new String(new HeadStream(new ByteArrayInputStream(sent)).readAllBytes(), ISO_8859_1));
  }

  private static String read(String sent) throws IOException {
    InputStream in = asked(new ByteArrayInputStream(sent.getBytes(ISO_8859_1)));
    return new String(in.readAllBytes(), ISO_8859_1);
  }

  /** A connection on which a request was sent. */
  private static HeadStream asked(InputStream answer) throws IOException {
    HeadStream heads = new HeadStream(answer);
    try (OutputStream out = new HeadStream.Requests(OutputStream.nullOutputStream(), heads)) {
      out.write("GET / HTTP/1.1\r\n\r\n".getBytes(ISO_8859_1));
    }
    return heads;
  }
}
