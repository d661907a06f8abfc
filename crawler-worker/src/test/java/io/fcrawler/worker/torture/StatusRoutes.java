package io.fcrawler.worker.torture;

import static io.fcrawler.worker.torture.Expected.crawled;
import static io.fcrawler.worker.torture.Expected.last;
import static io.fcrawler.worker.torture.Expected.retried;

import io.fcrawler.testing.web.Answer;
import io.fcrawler.testing.web.Misbehaviour;
import java.util.ArrayList;
import java.util.List;

/** Statuses, and what they may ask for (RFC 9110, section 15). */
final class StatusRoutes {
  private StatusRoutes() {}

  static List<TortureRoute> all() {
    List<TortureRoute> routes = new ArrayList<>();
    for (int status : new int[] {200, 201, 202, 203, 205, 206, 207, 226, 204, 304, 305, 306, 399}) {
      routes.add(of(status, crawled()));
    }
    for (int status : new int[] {400, 401, 402, 403, 404, 405, 406, 407, 409, 410, 411, 412}) {
      routes.add(of(status, last("http_" + status)));
    }
    for (int status : new int[] {413, 414, 415, 416, 417, 418, 422, 423, 426, 428, 431, 451, 499}) {
      routes.add(of(status, last("http_" + status)));
    }
    for (int status : new int[] {408, 421, 425, 429, 500, 501, 502, 503, 504, 505, 507, 508, 511}) {
      routes.add(of(status, retried("http_" + status)));
    }
    for (int status : new int[] {520, 530, 599, 600, 777, 999}) {
      routes.add(of(status, retried("http_" + status)));
    }
    routes.addAll(waits());
    routes.addAll(lines());
    return routes;
  }

  private static TortureRoute of(int status, Expected expected) {
    Answer answer = Answer.status(status).with("WWW-Authenticate: Basic realm=x");
    return TortureRoute.of("/status/" + status, answer, expected);
  }

  private static List<TortureRoute> waits() {
    List<TortureRoute> routes = new ArrayList<>();
    List<String> waits =
        List.of(
            "0",
            "1",
            "-1",
            "+1",
            "1.5",
            "soon",
            "",
            "caf\u00e9 \u20ac",
            "1\u0001",
            "0, 0",
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "Thu, 32 Foo 99999 25:61:61 XYZ",
            "x".repeat(100_000));
    for (int i = 0; i < waits.size(); i++) {
      int status = i % 2 == 0 ? 429 : 503;
      Answer answer = Answer.status(status).with("Retry-After: " + waits.get(i));
      routes.add(TortureRoute.of("/wait/" + i, answer, retried("http_" + status)));
    }
    return routes;
  }

  /** Status lines (RFC 9112, section 4). */
  private static List<TortureRoute> lines() {
    return List.of(
        line("no-reason", "HTTP/1.1 200", crawled()),
        line("space-reason", "HTTP/1.1 200 ", crawled()),
        line("odd-reason", "HTTP/1.1 200 \u0001\u00ff\u0000", crawled()),
        line("long-reason", "HTTP/1.1 200 " + "x".repeat(100_000), crawled()),
        line("old", "HTTP/1.0 200 OK", crawled()),
        line("icy", "ICY 200 OK", crawled()),
        line("099", "HTTP/1.1 099 Low", retried("http_99")),
        line("000", "HTTP/1.1 000 None", retried("http_0")),
        line("negative", "HTTP/1.1 -12 Below", last("protocol_error")),
        line("four-digits", "HTTP/1.1 2000 OK", last("protocol_error")),
        line("two-digits", "HTTP/1.1 20 OK", last("protocol_error")),
        line("word", "HTTP/1.1 abc OK", last("protocol_error")),
        line("no-status", "HTTP/1.1", last("protocol_error")),
        line("no-space", "HTTP/1.1200 OK", last("protocol_error")),
        line("http-2", "HTTP/2 200 OK", last("protocol_error")),
        line("lower-case", "http/1.1 200 OK", last("protocol_error")),
        line("smtp", "220 smtp.example ESMTP", last("protocol_error")),
        line("empty", "", last("protocol_error")),
        line("markup", "<!doctype html>", last("protocol_error")),
        line("switching", "HTTP/1.1 101 Switching Protocols", last("protocol_error")),
        TortureRoute.of("/line/0.9", Misbehaviour.sending("<p>ok"), retried("incomplete_header")));
  }

  private static TortureRoute line(String name, String line, Expected expected) {
    return TortureRoute.of("/line/" + name, Misbehaviour.sending(line + "\r\n\r\n<p>ok"), expected);
  }
}
