package io.fcrawler.embedded;

/**
 * A second door of a broker on 127.0.0.1, whose clients are told another port than it listens on:
 * where they reach the broker by a proxy that must not be passed by.
 *
 * @param name in capital letters
 * @param port that it listens on
 * @param advertisedPort that its clients are told
 */
public record FurtherListener(String name, int port, int advertisedPort) {
  String listener() {
    return name + "://127.0.0.1:" + port;
  }

  String advertised() {
    return name + "://127.0.0.1:" + advertisedPort;
  }

  /** As an argument of the broker's process. */
  String argument() {
    return name + ":" + port + ":" + advertisedPort;
  }

  static FurtherListener parse(String argument) {
    String[] parts = argument.split(":", -1);
    return new FurtherListener(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }
}
