package io.fcrawler.worker.torture;

import static io.fcrawler.worker.torture.Expected.crawled;
import static io.fcrawler.worker.torture.Expected.retried;

import io.fcrawler.testing.web.Answer;
import io.fcrawler.testing.web.Misbehaviour;
import io.fcrawler.testing.web.Route;
import java.util.List;

/** Connections that end at each place of an answer (RFC 9112, section 9). */
final class ConnectionRoutes {
  private static final String STATUS = "HTTP/1.1 200 OK\r\n";
  private static final String HEADER = STATUS + "Content-Length: 10\r\n\r\n";

  private ConnectionRoutes() {}

  static List<TortureRoute> all() {
    return List.of(
        of("closed", Misbehaviour.closing(), retried("connection_reset")),
        of("closed-in-status", Misbehaviour.sending("HTTP/1."), retried("incomplete_header")),
        of("closed-after-status", Misbehaviour.sending(STATUS), retried("connection_reset")),
        of("closed-in-header", Misbehaviour.sending(STATUS + "X: "), retried("incomplete_header")),
        of("closed-after-header", Misbehaviour.sending(HEADER), retried("truncated_body")),
        of("closed-in-body", Misbehaviour.sending(HEADER + "abc"), retried("truncated_body")),
        of("reset", Misbehaviour.resetting(), retried("connection_reset")),
        of("reset-in-status", Misbehaviour.resettingAfter("HTTP/1."), retried("connection_reset")),
        of("reset-after-status", Misbehaviour.resettingAfter(STATUS), retried("connection_reset")),
        of(
            "reset-in-header",
            Misbehaviour.resettingAfter(STATUS + "X: "),
            retried("connection_reset")),
        of("reset-after-header", Misbehaviour.resettingAfter(HEADER), retried("connection_reset")),
        of(
            "reset-in-body",
            Misbehaviour.resettingAfter(HEADER + "abc"),
            retried("connection_reset")),
        of("closed-untold", Misbehaviour.closingAfter(Answer.html("ok")), crawled()),
        of(
            "closed-as-told",
            Misbehaviour.closingAfter(Answer.html("ok").with("Connection: close")),
            crawled()),
        of("kept-untold", Route.of(Answer.html("ok").with("Connection: close")), crawled()),
        of("upgrade", Route.of(Answer.html("ok").with("Upgrade: h2c, websocket")), crawled()),
        of("half", halfClosing(Answer.html("ok")), crawled()));
  }

  private static TortureRoute of(String name, Route route, Expected expected) {
    return TortureRoute.of("/connection/" + name, route, expected);
  }

  /** Sends its end, and waits for the client's. */
  private static Route halfClosing(Answer answer) {
    return (request, socket, out) -> {
      answer.writeTo(out);
      socket.shutdownOutput();
      return true;
    };
  }
}
