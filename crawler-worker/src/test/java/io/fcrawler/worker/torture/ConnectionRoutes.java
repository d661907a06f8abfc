package io.fcrawler.worker.torture;

import static io.fcrawler.worker.torture.Expected.crawled;
import static io.fcrawler.worker.torture.Expected.retried;

import io.fcrawler.testing.web.Answer;
import io.fcrawler.testing.web.Misbehaviour;
import io.fcrawler.testing.web.Route;
import java.nio.charset.StandardCharsets;
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
        of("reset-in-status", resetting("HTTP/1."), retried("connection_reset")),
        of("reset-after-status", resetting(STATUS), retried("connection_reset")),
        of("reset-in-header", resetting(STATUS + "X: "), retried("connection_reset")),
        of("reset-after-header", resetting(HEADER), retried("connection_reset")),
        of("reset-in-body", resetting(HEADER + "abc"), retried("connection_reset")),
        of("closed-untold", closing(Answer.html("ok")), crawled()),
        of("closed-as-told", closing(Answer.html("ok").with("Connection: close")), crawled()),
        of("kept-untold", Route.of(Answer.html("ok").with("Connection: close")), crawled()),
        of("upgrade", Route.of(Answer.html("ok").with("Upgrade: h2c, websocket")), crawled()),
        of("half", halfClosing(Answer.html("ok")), crawled()));
  }

  private static TortureRoute of(String name, Route route, Expected expected) {
    return TortureRoute.of("/connection/" + name, route, expected);
  }

  private static Route closing(Answer answer) {
    return (request, socket, out) -> {
      answer.writeTo(out);
      return false;
    };
  }

  /** Sends its end, and waits for the client's. */
  private static Route halfClosing(Answer answer) {
    return (request, socket, out) -> {
      answer.writeTo(out);
      socket.shutdownOutput();
      return true;
    };
  }

  private static Route resetting(String bytes) {
    return (request, socket, out) -> {
      out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      socket.setSoLinger(true, 0);
      return false;
    };
  }
}
