package io.fcrawler.standalone;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends a Redis single commands as one would type them. */
final class TestingInlineRedis {
  private TestingInlineRedis() {}

  /** The first line of the answer; for a text that is its length. */
  static String call(int port, String command) throws IOException {
    return line(1, port, command);
  }

  /** A line of the answer, by its number from 1. */
  static String line(int number, int port, String command) throws IOException {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        var in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      for (int i = 1; i < number; i++) {
        in.readLine();
      }
      return String.valueOf(in.readLine());
    }
  }
}
