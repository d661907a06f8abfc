package io.fcrawler.testing.web;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

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
    return (request, socket, out) -> {
      answer.writeTo(out);
      return true;
    };
  }
}
