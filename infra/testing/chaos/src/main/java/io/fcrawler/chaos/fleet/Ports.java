package io.fcrawler.chaos.fleet;

import io.fcrawler.embedded.Loopback;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that stay a part's while it is down: below those that the system gives to connections, of
 * which one might take it meanwhile.
 */
final class Ports {
  private static final int LEAST = 15_000;
  private static final int MOST = 32_000;

  private Ports() {}

  /** One that nobody listens on now. */
  static int free() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(LEAST, MOST);
      if (Loopback.isFree(port)) {
        return port;
      }
    }
  }
}
