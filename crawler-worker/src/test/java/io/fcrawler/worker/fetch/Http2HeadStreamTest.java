package io.fcrawler.worker.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import okhttp3.internal.http2.Header;
import okhttp3.internal.http2.Hpack;
import okhttp3.internal.http2.Http2;
import okio.Buffer;
import okio.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What OkHttp reads of the frames of an HTTP/2 connection. */
class Http2HeadStreamTest {
  private static final List<Header> LATIN =
      List.of(new Header(":status", "302"), latin("location", "/\u00e9/\u00c3\u00a9"));
  private static final List<Header> REWRITTEN =
      List.of(new Header(":status", "302"), new Header("location", "/%E9/\u00e9"));

  /** A server's encoder, whose table grows from head to head. */
  private final Buffer encoded = new Buffer();

  private final Hpack.Writer encoder = new Hpack.Writer(encoded);

  @Test
  void aByteThatIsNotUtf8IsRequestedAsItIs() throws IOException {
    Buffer sent =
        frame(Http2.TYPE_HEADERS, Http2.FLAG_END_HEADERS | Http2.FLAG_END_STREAM, encoded(LATIN));
    Frame head = frames(sent).getFirst();
    assertEquals(Http2.FLAG_END_HEADERS | Http2.FLAG_END_STREAM, head.flags);
    assertEquals(REWRITTEN, fields(head.payload));
  }

  @Test
  void inOtherFieldsItIsTheCharacterOfItsNumber() throws IOException {
    List<Header> fields = List.of(latin("x-y", "\u00e9"));
    Frame head =
        frames(frame(Http2.TYPE_HEADERS, Http2.FLAG_END_HEADERS, encoded(fields))).getFirst();
    assertEquals(List.of(new Header("x-y", "\u00e9")), fields(head.payload));
  }

  @Test
  void headsThatReferToFormerOnesAreRead() throws IOException {
    Buffer sent = new Buffer();
    for (int i = 0; i < 3; i++) {
      sent.writeAll(frame(Http2.TYPE_HEADERS, Http2.FLAG_END_HEADERS, encoded(LATIN)));
    }
    for (Frame head : frames(sent)) {
      assertEquals(REWRITTEN, fields(head.payload));
    }
  }

  @Test
  void aHeadMayBePaddedAndHaveAPriorityAndBeContinued() throws IOException {
    Buffer block = encoded(LATIN);
    Buffer payload = new Buffer().writeByte(3).writeInt(0).writeByte(9);
    payload.write(block, 2);
    payload.write(new byte[3]);
    Buffer sent =
        frame(
            Http2.TYPE_HEADERS,
            Http2.FLAG_PADDED | Http2.FLAG_PRIORITY | Http2.FLAG_END_STREAM,
            payload);
    sent.writeAll(frame(Http2.TYPE_CONTINUATION, 0, new Buffer()));
    sent.writeAll(frame(Http2.TYPE_CONTINUATION, Http2.FLAG_END_HEADERS, block));
    Frame head = frames(sent).getFirst();
    assertEquals(Http2.FLAG_END_HEADERS | Http2.FLAG_END_STREAM, head.flags);
    assertEquals(REWRITTEN, fields(head.payload));
  }

  @Test
  void aPromiseKeepsItsStream() throws IOException {
    Buffer payload = new Buffer().writeInt(2);
    payload.writeAll(encoded(LATIN));
    Frame promise =
        frames(frame(Http2.TYPE_PUSH_PROMISE, Http2.FLAG_END_HEADERS, payload)).getFirst();
    assertEquals(2, promise.payload.readInt());
    assertEquals(REWRITTEN, fields(promise.payload));
  }

  @Test
  void aLongHeadIsContinued() throws IOException {
    List<Header> fields = List.of(new Header("x", "y".repeat(40_000)));
    Buffer block = encoded(fields);
    Buffer first = new Buffer();
    first.write(block, 1 << 14);
    Buffer sent = frame(Http2.TYPE_HEADERS, Http2.FLAG_END_STREAM, first);
    Buffer second = new Buffer();
    second.write(block, 1 << 14);
    sent.writeAll(frame(Http2.TYPE_CONTINUATION, 0, second));
    sent.writeAll(frame(Http2.TYPE_CONTINUATION, Http2.FLAG_END_HEADERS, block));
    List<Frame> frames = frames(sent);
    assertEquals(
        List.of(Http2.FLAG_END_STREAM, 0, Http2.FLAG_END_HEADERS),
        frames.stream().map(Frame::flags).toList());
    Buffer all = new Buffer();
    frames.forEach(frame -> all.write(frame.payload, frame.payload.size()));
    assertEquals(fields, fields(all));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8192})
  void otherFramesPassAsTheyAreInAnyPieces(int piece) throws IOException {
    Buffer sent = frame(4, 0, new Buffer());
    sent.writeAll(frame(Http2.TYPE_DATA, 0, new Buffer().write(new byte[20_000])));
    sent.writeAll(frame(0x42, 0xff, new Buffer().writeUtf8("Location: /\u00e9")));
    sent.writeByte(0); // the connection ends in a frame
    byte[] bytes = sent.readByteArray();
    InputStream pieces =
        new FilterInputStream(new ByteArrayInputStream(bytes)) {
          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            return super.read(into, offset, Math.min(piece, length));
          }
        };
    assertArrayEquals(bytes, new Http2HeadStream(pieces).readAllBytes());
  }

  @Test
  void aHeadThatIsCutOrNotContinuedIsRefused() throws IOException {
    refused(new Buffer().writeByte(0).writeShort(9).writeByte(Http2.TYPE_HEADERS));
    refused(frame(Http2.TYPE_HEADERS, 0, new Buffer().writeByte(0x88)));
    Buffer parted = frame(Http2.TYPE_HEADERS, 0, new Buffer().writeByte(0x88));
    parted.writeAll(frame(Http2.TYPE_DATA, 0, new Buffer()));
    refused(parted);
    refused(
        frame(
            Http2.TYPE_HEADERS,
            Http2.FLAG_END_HEADERS | Http2.FLAG_PADDED,
            new Buffer().writeByte(9)));
    refused(frame(Http2.TYPE_HEADERS, Http2.FLAG_END_HEADERS, new Buffer().writeByte(0xff)));
  }

  @Test
  void fewBytesThatStandForVeryManyAreRefused() throws IOException {
    Buffer sent =
        frame(
            Http2.TYPE_HEADERS,
            Http2.FLAG_END_HEADERS,
            encoded(List.of(new Header("x", "y".repeat(4000)))));
    byte[] references = new byte[1000];
    Arrays.fill(references, (byte) 0xbe); // the newest entry of the table
    sent.writeAll(
        frame(Http2.TYPE_HEADERS, Http2.FLAG_END_HEADERS, new Buffer().write(references)));
    assertTrue(refused(sent).contains("262144"));
  }

  @Test
  void aHeadWithoutEndIsRefused() throws IOException {
    byte[] status = new byte[1 << 14];
    Arrays.fill(status, (byte) 0x88);
    Buffer sent = frame(Http2.TYPE_HEADERS, 0, new Buffer().write(status));
    for (int i = 0; i < 17; i++) {
      sent.writeAll(frame(Http2.TYPE_CONTINUATION, 0, new Buffer().write(status)));
    }
    assertTrue(refused(sent).contains("262144"));
  }

  /** Not as an orderly end of the connection. */
  private static String refused(Buffer sent) {
    if (sent.size() < 9) {
      sent.writeByte(Http2.FLAG_END_HEADERS).writeInt(1);
    }
    InputStream in = new Http2HeadStream(sent.inputStream());
    IOException refusal = assertThrows(IOException.class, in::readAllBytes);
    assertFalse(refusal instanceof EOFException);
    return String.valueOf(refusal.getMessage());
  }

  private Buffer encoded(List<Header> fields) throws IOException {
    encoder.writeHeaders(fields);
    Buffer block = new Buffer();
    block.writeAll(encoded);
    return block;
  }

  private static Header latin(String name, String value) {
    return new Header(ByteString.encodeUtf8(name), ByteString.encodeString(value, ISO_8859_1));
  }

  private static Buffer frame(int type, int flags, Buffer payload) throws IOException {
    Buffer frame = new Buffer();
    frame.writeByte((int) payload.size() >> 16).writeShort((int) payload.size());
    frame.writeByte(type).writeByte(flags).writeInt(1);
    frame.writeAll(payload);
    return frame;
  }

  private record Frame(int flags, Buffer payload) {}

  private static List<Frame> frames(Buffer sent) throws IOException {
    Buffer read = new Buffer().readFrom(new Http2HeadStream(sent.inputStream()));
    List<Frame> frames = new ArrayList<>();
    while (!read.exhausted()) {
      int length = read.readByte() << 16 | (read.readShort() & 0xffff);
      read.readByte();
      int flags = read.readByte();
      assertEquals(1, read.readInt());
      Buffer payload = new Buffer();
      payload.write(read, length);
      frames.add(new Frame(flags, payload));
    }
    return frames;
  }

  /** By a decoder that knows of no other head. */
  private static List<Header> fields(Buffer block) throws IOException {
    Hpack.Reader reader = new Hpack.Reader(block, 4096);
    reader.readHeaders();
    return reader.getAndResetHeaderList();
  }
}
