package io.fcrawler.worker.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import okhttp3.Headers;
import okhttp3.brotli.Brotli;
import okio.Okio;

/** The codings of a body (RFC 9110, section 8.4). */
final class ContentCodings {
  /** Those that are asked for. */
  static final String ACCEPTED = "br, gzip";

  private static final Set<String> KNOWN = Set.of("br", "gzip", "x-gzip", "deflate");
  private static final int MOST = 5;
  private static final int ZLIB_DEFLATE = 8;
  private static final int ZLIB_MULTIPLE = 31;

  private ContentCodings() {}

  /**
   * The codings of a body, in the order in which they were applied. None where one of them is
   * unknown: its name is mostly a mistake, and the body plain.
   */
  static List<String> of(Headers headers) {
    List<String> codings =
        Framing.list(headers, "Content-Encoding")
            .filter(coding -> !coding.equals("identity"))
            .toList();
    return KNOWN.containsAll(codings) ? codings : List.of();
  }

  /** Undoes codings. */
  static InputStream decoded(InputStream sent, List<String> codings) throws IOException {
    if (codings.size() > MOST) {
      throw new ZipException("too many codings");
    }
    InputStream decoded = sent;
    for (String coding : codings.reversed()) {
      decoded = decoded(decoded, coding);
    }
    return decoded;
  }

  private static InputStream decoded(InputStream sent, String coding) throws IOException {
    return switch (coding) {
      case "br" ->
          Okio.buffer(Brotli.INSTANCE.decompress(Okio.buffer(Okio.source(sent)))).inputStream();
      case "deflate" -> inflated(sent);
      default -> new GZIPInputStream(sent);
    };
  }

  /** Deflate, within zlib's format as it should be, or without as some servers send it. */
  private static InputStream inflated(InputStream sent) throws IOException {
    PushbackInputStream in = new PushbackInputStream(sent, 2);
    byte[] start = in.readNBytes(2);
    in.unread(start);
    boolean zlib =
        start.length == 2
            && (start[0] & 0xf) == ZLIB_DEFLATE
            && (((start[0] & 0xff) << 8) | (start[1] & 0xff)) % ZLIB_MULTIPLE == 0;
    return new InflaterInputStream(in, new Inflater(!zlib)) {
      @Override
      public void close() throws IOException {
        inf.end();
        super.close();
      }
    };
  }
}
