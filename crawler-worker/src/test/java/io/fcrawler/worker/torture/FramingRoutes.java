package io.fcrawler.worker.torture;

import static io.fcrawler.worker.torture.Expected.crawled;
import static io.fcrawler.worker.torture.Expected.last;
import static io.fcrawler.worker.torture.Expected.retried;

import io.fcrawler.testing.web.Misbehaviour;
import java.util.List;

/** Where a body ends (RFC 9112, sections 6 and 7). */
final class FramingRoutes {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";
  private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";
  private static final String NOTHING = "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n";

  private FramingRoutes() {}

  static List<TortureRoute> all() {
    List<TortureRoute> lengths =
        List.of(
            length("none", "", crawled().links(1)),
            length("right", "Content-Length: 18\r\n", crawled().links(1)),
            length("twice", "Content-Length: 18\r\nContent-Length: 18\r\n", crawled().links(1)),
            length("small", "Content-Length: 3\r\n", crawled().links(0)),
            length("large", "Content-Length: 19\r\n", retried("truncated_body")),
            length("vast", "Content-Length: 900719925474099312\r\n", retried("truncated_body")),
            length("over", "Content-Length: 99999999999999999999\r\n", last("protocol_error")),
            length("negative", "Content-Length: -5\r\n", last("protocol_error")),
            length("minus-one", "Content-Length: -1\r\n", last("protocol_error")),
            length("plus", "Content-Length: +18\r\n", last("protocol_error")),
            length("hex", "Content-Length: 0x12\r\n", last("protocol_error")),
            length("word", "Content-Length: many\r\n", last("protocol_error")),
            length("list", "Content-Length: 18, 18\r\n", last("protocol_error")),
            length("differ", "Content-Length: 3\r\nContent-Length: 18\r\n", last("protocol_error")),
            length("unknown", "Transfer-Encoding: gzip\r\n", last("protocol_error")),
            length("and-gzip", "Transfer-Encoding: gzip, chunked\r\n", last("protocol_error")),
            length("two", "Transfer-Encoding: chunked, chunked\r\n", last("protocol_error")),
            length("identity", "Transfer-Encoding: identity\r\n", crawled().links(1)));
    return List.of(lengths, chunks(), leftovers(), endless()).stream()
        .flatMap(List::stream)
        .toList();
  }

  private static TortureRoute length(String name, String headers, Expected expected) {
    return raw("length-" + name, OK + headers + "\r\n<a href=/>home</a>", expected);
  }

  private static List<TortureRoute> chunks() {
    String page = "12\r\n<a href=/>home</a>\r\n";
    return List.of(
        chunk("good", page + "0\r\n\r\n", crawled().links(1)),
        chunk("zeros", "000000" + page + "0000\r\n\r\n", crawled().links(1)),
        chunk("extension", "12;a=\"b;\r\"\r\n<a href=/>home</a>\r\n0;x\r\n\r\n", crawled()),
        chunk("trailers", page + "0\r\nX: y\r\nContent-Length: 3\r\n\r\n", crawled().links(1)),
        raw(
            "chunk-and-length",
            OK + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n" + page + "0\r\n\r\n",
            crawled().links(1)),
        chunk("empty", "0\r\n\r\n", crawled().links(0)),
        chunk("none", "", retried("truncated_body")),
        chunk("no-last", page, retried("truncated_body")),
        chunk("no-end", page + "0\r\n", retried("truncated_body")),
        chunk("cut", "12\r\n<a href=/>", retried("truncated_body")),
        chunk("too-long", "fff\r\n<a href=/>home</a>\r\n0\r\n\r\n", retried("truncated_body")),
        chunk("bad", "xyz\r\nabc\r\n", last("protocol_error")),
        chunk("negative", "-5\r\nabc\r\n", last("protocol_error")),
        chunk("huge", "fffffffffffffffff\r\nabc\r\n", last("protocol_error")),
        chunk("over", "ffffffffffffffff\r\nabc\r\n", last("protocol_error")),
        chunk("after-size", "12 what\r\n<a href=/>home</a>\r\n", last("protocol_error")));
  }

  private static TortureRoute chunk(String name, String body, Expected expected) {
    return raw("chunk-" + name, CHUNKED + body, expected);
  }

  /** What is left on the connection after an answer must not answer the next request. */
  private static List<TortureRoute> leftovers() {
    return List.of(
        kept("answer", OK + "Content-Length: 2\r\n\r\nok" + NOTHING),
        kept("answers", OK + "Content-Length: 2\r\n\r\nok" + NOTHING.repeat(3)),
        kept("garbage", OK + "Content-Length: 2\r\n\r\nok, and more\r\n\r\n"),
        kept("word", OK + "Content-Length: 2\r\n\r\nokmore"),
        kept("after-chunks", CHUNKED + "2\r\nok\r\n0\r\n\r\n" + NOTHING),
        kept("none-and-body", "HTTP/1.1 204 None\r\n\r\n" + NOTHING),
        kept("none-of-length", "HTTP/1.1 204 None\r\nContent-Length: 2\r\n\r\nok"),
        kept("none-chunked", "HTTP/1.1 204 None\r\nTransfer-Encoding: chunked\r\n\r\n"),
        kept("reset-of-length", "HTTP/1.1 205 Reset\r\nContent-Length: 2\r\n\r\nok"),
        kept("unmodified", "HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n"),
        kept("unmodified-body", "HTTP/1.1 304 Not Modified\r\n\r\n" + NOTHING),
        TortureRoute.of(
            "/framing/left-missing",
            Misbehaviour.keeping(NOTHING + OK + "Content-Length: 2\r\n\r\nok"),
            last("http_404")),
        TortureRoute.of(
            "/framing/left-redirect",
            Misbehaviour.keeping(
                "HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n" + NOTHING),
            Expected.redirected()));
  }

  private static TortureRoute kept(String name, String bytes) {
    return TortureRoute.of("/framing/left-" + name, Misbehaviour.keeping(bytes), crawled());
  }

  private static List<TortureRoute> endless() {
    String open = OK + "\r\n";
    return List.of(
        TortureRoute.of("/framing/endless", Misbehaviour.endless(open), crawled().cut()),
        TortureRoute.of(
            "/framing/endless-length",
            Misbehaviour.endless(OK + "Content-Length: 9007199254740993\r\n\r\n"),
            crawled().cut()),
        flood("chunks", CHUNKED, "10\r\n<p>0123456789abc\r\n".repeat(1000), crawled().cut()),
        flood("extension", CHUNKED + "5;", "extension".repeat(1000), last("protocol_error")),
        flood("zeros", CHUNKED, "0".repeat(10_000), last("protocol_error")),
        flood("chunk-end", CHUNKED + "2\r\nok", "more".repeat(1000), last("protocol_error")),
        flood(
            "trailers",
            CHUNKED + "2\r\nok\r\n0\r\n",
            "X: y\r\n".repeat(1000),
            retried("truncated_body")),
        TortureRoute.of(
            "/framing/chunk-hangs",
            Misbehaviour.hangingAfter(CHUNKED + "2\r\nok\r\n"),
            retried("timeout")),
        TortureRoute.of("/framing/drips", Misbehaviour.dripping(open), retried("timeout")),
        TortureRoute.of(
            "/framing/missing-endless",
            Misbehaviour.endless("HTTP/1.1 404 No\r\n\r\n"),
            last("http_404")),
        TortureRoute.of(
            "/framing/redirect-endless",
            Misbehaviour.endless("HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n"),
            Expected.redirected()));
  }

  private static TortureRoute flood(String name, String head, String block, Expected expected) {
    return TortureRoute.of("/framing/flood-" + name, Misbehaviour.flooding(head, block), expected);
  }

  private static TortureRoute raw(String name, String bytes, Expected expected) {
    return TortureRoute.of("/framing/" + name, Misbehaviour.sending(bytes), expected);
  }
}
