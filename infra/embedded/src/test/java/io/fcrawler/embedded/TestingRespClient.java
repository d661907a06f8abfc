package io.fcrawler.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Sends single commands to a Redis; of an answer it reads as much as the tests look at. */
final class TestingRespClient {
  private final int port;

  TestingRespClient(int port) {
    this.port = port;
  }

  /** The answer's first line, or the text where that line is the length of one. */
  String call(String... words) throws IOException {
    StringBuilder request = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      request.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    try (Socket socket = Loopback.connect(port, Duration.ofSeconds(10))) {
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.US_ASCII));
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      String line = String.valueOf(in.readLine());
      return line.startsWith("$") && !line.equals("$-1") ? String.valueOf(in.readLine()) : line;
    }
  }
}
