package io.fcrawler.testing.web;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.function.Function;

/** Answers requests for one path, in any way that a socket allows. */
@FunctionalInterface
public interface Route {
  /**
   * Answers one request.
   *
   * @return whether the connection may be used for another request
   */
  boolean answer(Request request, Socket socket, OutputStream out)
      throws IOException, InterruptedException;

  /** Always the same well-formed answer. */
  static Route of(Answer answer) {
    return by(_ -> answer);
  }

  /** A well-formed answer that depends on the request, or on what the function knows besides. */
  static Route by(Function<Request, Answer> answers) {
    return (request, socket, out) -> {
      answers.apply(request).writeTo(out);
      return true;
    };
  }
}
