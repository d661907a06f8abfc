package io.fcrawler.ops;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * A container's health check, for images without curl: asks one URL, and says by its exit code
 * whether the answer is a 200. It runs every few seconds, so it loads nothing that it can do
 * without: no HTTP client, no lambdas, no concatenation by {@code +}, and of this jar itself alone.
 */
public final class HealthCheck {
  private static final int TIMEOUT_MS = 4500;
  private static final int MOST_BYTES = 16_384;
  private static final int SHOWN = 200;
  private static final String OK = " 200 ";

  private HealthCheck() {}

  /** Exits with 0 where the answer is 200, else 1 and one line of why; 2 on wrong usage. */
  public static void main(String[] args) {
    System.exit(run(System.out, TIMEOUT_MS, args));
  }

  static int run(PrintStream out, int timeoutMs, String... args) {
    if (args.length != 1 || !args[0].startsWith("http://")) {
      out.println("Usage: HealthCheck URL, such as http://127.0.0.1:3001/readyz");
      return 2;
    }
    try {
      String answer = answer(URI.create(args[0]), timeoutMs);
      if (answer.startsWith("HTTP/") && answer.startsWith(OK, answer.indexOf(' '))) {
        return 0;
      }
      out.println(line(answer));
    } catch (IOException | IllegalArgumentException e) {
      out.println(String.join(" ", args[0], "does not answer:", e.getMessage()));
    }
    return 1;
  }

  /** The beginning of the answer, which by HTTP/1.0 is in one piece. */
  private static String answer(URI uri, int timeoutMs) throws IOException {
    String host = String.valueOf(uri.getHost());
    try (Socket socket = new Socket()) {
      int port = uri.getPort() < 0 ? 80 : uri.getPort();
      socket.connect(new InetSocketAddress(host, port), timeoutMs);
      socket.setSoTimeout(timeoutMs);
      String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
      String request = String.join("", "GET ", path, " HTTP/1.0\r\nHost: ", host, "\r\n\r\n");
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] bytes = socket.getInputStream().readNBytes(MOST_BYTES);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** Status and reason, and the beginning of the body. */
  private static String line(String answer) {
    int end = answer.indexOf("\r\n\r\n");
    if (end < 0 || !answer.startsWith("HTTP/")) {
      return "the answer is not one of HTTP";
    }
    String status = answer.substring(answer.indexOf(' ') + 1, answer.indexOf("\r\n"));
    String body = answer.substring(end + 4, Math.min(answer.length(), end + 4 + SHOWN));
    return String.join("", status, ": ", body.replaceAll("\\p{Cntrl}", " ").strip());
  }
}
