package io.fcrawler.worker.fetch;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.util.Native;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import okhttp3.Headers;
import okhttp3.brotli.Brotli;
import okio.Okio;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The codings of a body (RFC 9110, section 8.4).
 *
 * @param known those that can be undone, in the order in which they were applied
 * @param foreign whether one is named that cannot
 * @param mistaken whether a name is among them that is no coding's, as {@code utf-8}: mostly the
 *     body is coded by the others alone
 */
record ContentCodings(List<String> known, boolean foreign, boolean mistaken) {
  static final String BROTLI = "br";
  static final String ZSTD = "zstd";

  private static final Logger LOG = LoggerFactory.getLogger(ContentCodings.class);
  private static final boolean HAS_ZSTD = loadZstd();

  /** Those that are asked for. */
  static final String ACCEPTED = HAS_ZSTD ? "br, gzip, zstd" : "br, gzip";

  private static final Set<String> KNOWN =
      HAS_ZSTD
          ? Set.of(BROTLI, "gzip", "x-gzip", "deflate", ZSTD)
          : Set.of(BROTLI, "gzip", "x-gzip", "deflate");

  /** Of IANA's registry, and others that servers have. */
  private static final Set<String> FOREIGN =
      Set.of(
          "aes128gcm",
          "bzip2",
          "compress",
          "dcb",
          "dcz",
          "exi",
          "lz4",
          "lzma",
          "pack200-gzip",
          "sdch",
          "snappy",
          "x-bzip2",
          "x-compress",
          "x-lzma",
          "x-xz",
          "xz",
          ZSTD);

  private static final int MOST = 5;
  private static final int ZLIB_DEFLATE = 8;
  private static final int ZLIB_MULTIPLE = 31;

  /** What is checked of a body to find out whether it is text (MIME Sniffing, section 5.2). */
  private static final int SNIFFED = 1445;

  ContentCodings {
    known = List.copyOf(known);
  }

  /** The codings that a header names. */
  static ContentCodings of(Headers headers) {
    if (headers.get("Content-Encoding") == null) {
      return new ContentCodings(List.of(), false, false);
    }
    List<String> names =
        Framing.list(headers, "Content-Encoding")
            .filter(coding -> !coding.equals("identity"))
            .toList();
    List<String> known = names.stream().filter(KNOWN::contains).toList();
    List<String> others = new ArrayList<>(names);
    others.removeAll(known);
    boolean foreign = others.removeIf(FOREIGN::contains);
    return new ContentCodings(known, foreign, !others.isEmpty());
  }

  private static boolean loadZstd() {
    try {
      Native.load();
      return true;
    } catch (LinkageError | RuntimeException e) { // no folder for its library, or no such system
      LOG.warn("zstd is not asked for, as its library cannot be loaded", e);
      return false;
    }
  }

  /**
   * Checks a body without its known codings.
   *
   * @throws ZipException where it seems to have another one: binary data instead of text
   */
  void check(byte[] body, Optional<String> contentType) throws ZipException {
    if (mistaken && isText(contentType) && isBinary(body)) {
      throw new ZipException("an unknown coding");
    }
  }

  private static boolean isText(Optional<String> contentType) {
    String type = contentType.orElse("text/").strip().toLowerCase(Locale.ROOT);
    boolean text = type.startsWith("text/") || type.matches("[^;]*(html|xml|json).*");
    return text && !type.contains("utf-16");
  }

  private static boolean isBinary(byte[] body) {
    int mark = body.length < 2 ? 0 : (body[0] & 0xff) << 8 | (body[1] & 0xff);
    if (mark == 0xfeff || mark == 0xfffe) {
      return false; // UTF-16
    }
    for (int i = 0; i < Math.min(body.length, SNIFFED); i++) {
      int b = body[i];
      if (b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\f' && b != '\r' && b != 0x1b) {
        return true;
      }
    }
    return false;
  }

  /** Undoes the known codings. */
  InputStream decoded(InputStream sent) throws IOException {
    if (known.size() > MOST) {
      throw new ZipException("too many codings");
    }
    InputStream decoded = sent;
    try {
      for (String coding : known.reversed()) {
        decoded = decoded(decoded, coding);
      }
      return decoded;
    } catch (IOException | RuntimeException e) {
      decoded.close(); // some have memory beyond the heap
      throw e;
    }
  }

  private static InputStream decoded(InputStream sent, String coding) throws IOException {
    return switch (coding) {
      case BROTLI ->
          Okio.buffer(Brotli.INSTANCE.decompress(Okio.buffer(Okio.source(sent)))).inputStream();
      case ZSTD -> zstd(sent);
      case "deflate" -> inflated(sent);
      default -> new GZIPInputStream(sent);
    };
  }

  /** No frame takes a larger window than the first says, and none more than any decoder must. */
  private static InputStream zstd(InputStream sent) throws IOException {
    PushbackInputStream in = new PushbackInputStream(sent, ZstdWindow.HEADER);
    byte[] start = in.readNBytes(ZstdWindow.HEADER);
    in.unread(start);
    return new ZstdInputStreamNoFinalizer(in).setLongMax(ZstdWindow.bits(start));
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
