package io.fcrawler.worker.fetch;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import okio.Buffer;

/**
 * What comes on an HTTP/1 connection, with the heads of its answers rewritten so that OkHttp, which
 * knows fields of one line and in UTF-8 alone, reads them as they are meant: each continued field
 * in one line (RFC 9112, section 5.2), and bytes that are not UTF-8 as {@link HeadText} has them.
 * Bodies pass as they are. Used by one thread at a time.
 */
final class HeadStream extends FilterInputStream {
  /** A longer field is handed on as it is, for OkHttp to refuse. */
  private static final int MAX_FIELD = 256 << 10;

  private static final byte[] NONE = {};
  private static final byte[] REQUEST = "GET ".getBytes(StandardCharsets.US_ASCII);

  /** What was rewritten, and what came behind it. */
  private final Buffer ready = new Buffer();

  /** The field that is being read, whose line may be continued. */
  private byte[] field = NONE;

  private int fieldLength;
  private boolean inHead;
  private boolean informs;
  private boolean first;
  private boolean lineEnded;
  private boolean folding;

  HeadStream(InputStream in) {
    super(in);
  }

  /** Takes note of bytes that are sent: the answer to a request begins with a head. */
  private void sending(byte[] bytes, int offset, int length) {
    boolean request = length >= REQUEST.length;
    for (int i = 0; i < REQUEST.length && request; i++) {
      request = bytes[offset + i] == REQUEST[i];
    }
    if (request) {
      beginHead();
    }
  }

  private void beginHead() {
    inHead = true;
    first = true;
    informs = false;
    lineEnded = false;
    folding = false;
    fieldLength = 0;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    while (ready.exhausted() && inHead && length > 0) {
      int count = in.read(bytes, offset, length);
      if (count < 0) {
        hand();
        endHead();
      } else {
        rewrite(bytes, offset, offset + count);
      }
    }
    return ready.exhausted() ? in.read(bytes, offset, length) : ready.read(bytes, offset, length);
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(Integer.MAX_VALUE, ready.size() + in.available());
  }

  private void rewrite(byte[] bytes, int start, int end) {
    int at = start;
    while (at < end && inHead) {
      accept(bytes[at++]);
    }
    ready.write(bytes, at, end - at);
  }

  private void accept(byte next) {
    if (lineEnded) {
      lineEnded = false;
      if (isBlank(next)) {
        fieldLength = contentLength();
        folding = true;
        append((byte) ' ');
      } else {
        hand();
      }
    }
    folding &= isBlank(next);
    if (folding) {
      return;
    }
    append(next);
    if (fieldLength > MAX_FIELD) {
      hand();
      endHead();
    } else if (next == '\n') {
      endLine();
    }
  }

  private void append(byte next) {
    if (fieldLength == field.length) {
      field = Arrays.copyOf(field, Math.max(256, 2 * fieldLength));
    }
    field[fieldLength++] = next;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  /** A blank line ends the head; whether another line ends its field is known by what follows. */
  private void endLine() {
    if (contentLength() > 0) {
      lineEnded = true;
      return;
    }
    hand();
    if (informs) {
      beginHead(); // RFC 9110, section 15.2: the answer follows
    } else {
      endHead();
    }
  }

  private void endHead() {
    inHead = false;
    field = NONE;
  }

  /** Of the field, without the end of its line. */
  private int contentLength() {
    int length = fieldLength;
    length -= length > 0 && field[length - 1] == '\n' ? 1 : 0;
    length -= length > 0 && field[length - 1] == '\r' ? 1 : 0;
    return length;
  }

  /** Hands the field on. */
  private void hand() {
    byte[] line = Arrays.copyOf(field, fieldLength);
    fieldLength = 0;
    if (first) {
      first = false;
      informs = isInformational(new String(line, StandardCharsets.ISO_8859_1));
    }
    ready.write(HeadText.of(line));
  }

  private static boolean isInformational(String status) {
    int blank = status.indexOf(' ');
    return blank > 0 && status.startsWith("1", blank + 1) && !status.startsWith("101", blank + 1);
  }

  /** What is sent on the connection. */
  static final class Requests extends FilterOutputStream {
    private final HeadStream answers;

    Requests(OutputStream out, HeadStream answers) {
      super(out);
      this.answers = answers;
    }

    @Override
    public void write(int one) throws IOException {
      out.write(one);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      answers.sending(bytes, offset, length);
      out.write(bytes, offset, length);
    }
  }
}
