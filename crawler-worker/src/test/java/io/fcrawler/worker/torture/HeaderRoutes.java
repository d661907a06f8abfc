package io.fcrawler.worker.torture;

import static io.fcrawler.worker.torture.Expected.crawled;
import static io.fcrawler.worker.torture.Expected.last;
import static io.fcrawler.worker.torture.Expected.retried;

import io.fcrawler.testing.web.Misbehaviour;
import java.util.List;

/** Headers (RFC 9112, section 5), and answers before the answer (RFC 9110, section 15.2). */
final class HeaderRoutes {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";
  private static final String PAGE = "Content-Length: 18\r\n\r\n<a href=/>home</a>";
  private static final String HINTS = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n";

  private HeaderRoutes() {}

  static List<TortureRoute> all() {
    return List.of(
        page("folded", "X: a\r\n b\r\n\tc\r\n"),
        page("folded-first", " X: a\r\n"),
        page("no-colon", "what is this\r\n"),
        page("no-name", ": x\r\n"),
        page("space-before-colon", "X : x\r\n"),
        page("nul", "X: a\0b\r\n\0: c\r\n"),
        page("latin", "X-\u00e9: \u00ff\r\nContent-Language: \u00e9\u0001\r\n"),
        page("lone-cr", "X: a\rY: b\r\n"),
        page("many", "X: y\r\n".repeat(5000)),
        page("long", "X: " + "y".repeat(200_000) + "\r\n"),
        page("many-links", "Link: </x>; rel=y\r\n".repeat(5000)),
        page("endless-link", "Link: " + "<".repeat(200_000) + "\r\n"),
        page("odd-refresh", "Refresh: " + "9".repeat(100_000) + ";\r\n"),
        page("odd-robots", "X-Robots-Tag: " + ",:".repeat(50_000) + "\r\n"),
        page("odd-language", "Content-Language: " + "a,".repeat(50_000) + "\r\n"),
        page("cookies", "Set-Cookie: a=b; Domain=.\r\n".repeat(100)),
        raw("lf", "HTTP/1.1 200 OK\nContent-Type: text/html\n\n<a href=/>x</a>", page()),
        raw("continue", "HTTP/1.1 100 Continue\r\n\r\n".repeat(20) + OK + PAGE, page()),
        raw("hints", HINTS.repeat(20) + OK + PAGE, page()),
        raw("odd-informational", "HTTP/1.1 199 What\r\n\r\n" + OK + PAGE, page()),
        raw("empty-line-first", "\r\n" + OK + PAGE, last("protocol_error")),
        raw("hints-only", HINTS, retried("connection_reset")),
        raw("mebibyte", OK + "X: " + "y".repeat(1 << 20) + "\r\n" + PAGE, tooLong()),
        raw("hundred-thousand", OK + "X: y\r\n".repeat(100_000) + PAGE, tooLong()),
        TortureRoute.of("/header/endless", Misbehaviour.headerFlood(), tooLong()),
        flood("lines", OK, "X: y\r\n"),
        flood("continues", "", "HTTP/1.1 100 Continue\r\n\r\n"),
        flood("hints", "", HINTS),
        hanging("header", "HTTP/1.1 200 OK\r\nX: y\r\n"),
        TortureRoute.of(
            "/header/drips", Misbehaviour.dripping("HTTP/1.1 200 OK\r\nX: "), retried("timeout")));
  }

  private static Expected page() {
    return crawled().links(1);
  }

  private static Expected tooLong() {
    return retried("incomplete_header");
  }

  /** A good page with further headers. */
  private static TortureRoute page(String name, String headers) {
    return raw(name, OK + headers + PAGE, page());
  }

  private static TortureRoute raw(String name, String bytes, Expected expected) {
    return TortureRoute.of("/header/" + name, Misbehaviour.sending(bytes), expected);
  }

  private static TortureRoute flood(String name, String head, String block) {
    return TortureRoute.of(
        "/header/flood-" + name, Misbehaviour.flooding(head, block), retried("incomplete_header"));
  }

  private static TortureRoute hanging(String name, String bytes) {
    return TortureRoute.of(
        "/header/hangs-" + name, Misbehaviour.hangingAfter(bytes), retried("timeout"));
  }
}
