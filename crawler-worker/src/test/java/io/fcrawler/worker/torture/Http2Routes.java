package io.fcrawler.worker.torture;

import static io.fcrawler.worker.torture.Expected.crawled;
import static io.fcrawler.worker.torture.Expected.last;
import static io.fcrawler.worker.torture.Expected.retried;

import io.fcrawler.worker.testing.Http2Front.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Streams and connections of HTTP/2 that end, stall or break its rules (RFC 9113). */
final class Http2Routes {
  private static final int INTERNAL_ERROR = 2;
  private static final int REFUSED_STREAM = 7;
  private static final int WINDOW_UPDATE = 8;
  private static final int CONTINUATION = 9;
  private static final String TYPE = "content-type: text/html";
  private static final String PAGE = "<a href=/>home</a>";

  private Http2Routes() {}

  /** A route, and the frames that answer it. */
  record Http2Route(TortureRoute route, Answer answer) {}

  static List<Http2Route> all() {
    List<Http2Route> routes = new ArrayList<>(ends());
    routes.addAll(lengths());
    routes.addAll(frames());
    routes.addAll(stalls());
    return routes;
  }

  /** Section 5.1: a stream may end, and section 6.8: a connection may. */
  private static List<Http2Route> ends() {
    return List.of(
        of("reset", retried("stream_reset"), s -> s.reset(INTERNAL_ERROR)),
        of("refused", retried("stream_reset"), s -> s.reset(REFUSED_STREAM)),
        of(
            "reset-after-head",
            retried("stream_reset"),
            s -> {
              s.head(false, "200", TYPE);
              s.reset(INTERNAL_ERROR);
            }),
        of(
            "reset-in-body",
            retried("stream_reset"),
            s -> {
              s.head(false, "200", TYPE);
              s.body(PAGE, false);
              s.reset(INTERNAL_ERROR);
            }),
        of("go-away", retried("stream_reset"), s -> s.goAway(false, 0)),
        of(
            "go-away-after",
            crawled().links(1),
            s -> {
              s.goAway(true, 0);
              s.head(false, "200", TYPE);
              s.body(PAGE, true);
            }),
        of(
            "go-away-in-body",
            crawled().links(1),
            s -> {
              s.head(false, "200", TYPE);
              s.goAway(true, INTERNAL_ERROR);
              s.body(PAGE, true);
            }),
        of("close", retried("stream_reset"), s -> s.close()),
        of(
            "close-in-body",
            retried("stream_reset"),
            s -> {
              s.head(false, "200", TYPE);
              s.body(PAGE, false);
              s.close();
            }),
        of(
            "reset-after-all",
            crawled().links(1),
            s -> {
              s.head(false, "200", TYPE);
              s.body(PAGE, true);
              s.reset(0);
            }));
  }

  /** Section 8.1.1: the length that is announced, and that of the frames. */
  private static List<Http2Route> lengths() {
    return List.of(
        of(
            "length",
            crawled().links(1),
            s -> {
              s.head(false, "200", TYPE, "content-length: 18");
              s.body(PAGE, true);
            }),
        of(
            "early-end",
            retried("truncated_body"),
            s -> {
              s.head(false, "200", TYPE, "content-length: 300");
              s.body(PAGE, true);
            }),
        of(
            "no-body",
            retried("truncated_body"),
            s -> s.head(true, "200", TYPE, "content-length: 18")),
        of(
            "late-end",
            last("protocol_error"),
            s -> {
              s.head(false, "200", TYPE, "content-length: 3");
              s.body(PAGE, true);
            }),
        of(
            "empty-frames",
            crawled().links(1),
            s -> {
              s.head(false, "200", TYPE);
              for (int i = 0; i < 100; i++) {
                s.body("", false);
                s.body(PAGE, false);
              }
              s.body("", true);
            }),
        of(
            "trailers",
            crawled().links(1),
            s -> {
              s.head(false, "200", TYPE);
              s.body(PAGE, false);
              s.head(true, "200", "x: y");
            }));
  }

  /** Section 4. */
  private static List<Http2Route> frames() {
    return List.of(
        of("no-status", last("protocol_error"), s -> s.frame(1, 5)),
        of(
            "hints",
            crawled().links(1),
            s -> {
              for (int i = 0; i < 20; i++) {
                s.head(false, "103", "link: </x>");
              }
              s.head(false, "200", TYPE);
              s.body(PAGE, true);
            }),
        of("bad-block", retried("incomplete_header"), s -> s.frame(1, 5, (byte) 0xff)),
        of("bad-index", retried("io_error"), s -> s.frame(1, 5, (byte) 0xff, (byte) 9)),
        of(
            "parted-block",
            retried("io_error"),
            s -> {
              s.frame(1, 0, (byte) 0x88);
              s.unchecked(new byte[1], true);
            }),
        of(
            "lone-continuation",
            crawled().links(1),
            s -> {
              s.frame(CONTINUATION, 4, (byte) 0x88);
              s.head(false, "200", TYPE);
              s.body(PAGE, true);
            }),
        of(
            "long-frame",
            retried("io_error"),
            s -> {
              s.head(false, "200", TYPE);
              s.unchecked(new byte[(1 << 14) + 1], true);
            }),
        of(
            "long-head",
            retried("incomplete_header"),
            s -> s.head(true, "200", "x: " + "y".repeat(1 << 20))),
        of(
            "huge-head",
            crawled().links(1),
            s -> {
              s.head(false, "200", TYPE, "x: " + "y".repeat(200_000));
              s.body(PAGE, true);
            }));
  }

  /** Section 5.2: flow control. */
  private static List<Http2Route> stalls() {
    return List.of(
        of("hangs", retried("timeout"), s -> s.hang()),
        of(
            "hangs-in-body",
            retried("timeout"),
            s -> {
              s.head(false, "200", TYPE);
              s.body(PAGE, false);
              s.hang();
            }),
        of(
            "no-window",
            crawled().links(1),
            s -> {
              s.frame(WINDOW_UPDATE, 0, (byte) 0, (byte) 0, (byte) 0, (byte) 1);
              s.head(false, "200", TYPE);
              s.body(PAGE, true);
            }));
  }

  private static Http2Route of(String name, Expected expected, Answer answer) {
    TortureRoute route = new TortureRoute("/http2/" + name, Optional.empty(), true, expected);
    return new Http2Route(route, answer);
  }
}
