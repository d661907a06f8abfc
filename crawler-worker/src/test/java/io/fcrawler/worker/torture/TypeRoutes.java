package io.fcrawler.worker.torture;

import static io.fcrawler.worker.torture.Expected.crawled;

import io.fcrawler.testing.web.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Content types that are missing, wrong or doubled (RFC 9110, section 8.3). */
final class TypeRoutes {
  private static final byte[] PAGE = "<html><a href=/>home</a>".getBytes(StandardCharsets.UTF_8);

  private TypeRoutes() {}

  static List<TortureRoute> all() {
    byte[] noise = new byte[200_000];
    new Random(7).nextBytes(noise);
    return List.of(
        of("html", 1, "text/html"),
        of("upper-case", 1, "TEXT/HTML;CHARSET=UTF-8"),
        of("spaces", 1, "  text/html ;; ; charset = \"utf-8"),
        of("xhtml", 1, "application/xhtml+xml"),
        of("missing", 1),
        of("empty", 1, ""),
        of("no-slash", 1, "html"),
        of("unknown", 1, "*/*"),
        of("doubled", 1, "text/html", "text/html; charset=utf-8"),
        of("odd-charset", 1, "text/html; charset=\u0000\u00ff;charset=utf-8"),
        of("no-charset", 1, "text/html; charset=x-user-defined-none"),
        of("long-charset", 1, "text/html; charset=" + "x".repeat(100_000)),
        of("many-parameters", 1, "text/html" + "; charset ".repeat(10_000)),
        of("plain", 0, "text/plain"),
        of("octets", 0, "application/octet-stream"),
        of("json", 0, "application/json"),
        of("picture", 0, "image/png"),
        body("noise", "text/html", noise),
        body("noise-xhtml", "application/xhtml+xml", noise),
        body("utf-16", "text/html; charset=utf-16", PAGE),
        body("utf-7", "text/html; charset=utf-7", PAGE),
        body("iso-2022", "text/html; charset=iso-2022-jp", noise),
        body("gb", "text/html; charset=gb18030", noise),
        body("big5", "text/html; charset=big5", noise),
        body("bom-only", "text/html", new byte[] {(byte) 0xfe, (byte) 0xff, 0}),
        body("nul-only", "text/html", new byte[100_000]),
        body("empty-xhtml", "application/xhtml+xml", new byte[0]));
  }

  private static TortureRoute of(String name, int links, String... types) {
    Answer answer = new Answer(200, List.of(), PAGE);
    for (String type : types) {
      answer = answer.with("Content-Type: " + type);
    }
    return TortureRoute.of("/type/" + name, answer, crawled().links(links));
  }

  /** A body whose links do not matter, and lead nowhere. */
  private static TortureRoute body(String name, String type, byte[] body) {
    return TortureRoute.of("/type/" + name, Answer.of(200, type, body), crawled());
  }
}
