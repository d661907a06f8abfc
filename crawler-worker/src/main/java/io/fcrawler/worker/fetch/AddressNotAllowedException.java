package io.fcrawler.worker.fetch;

import java.io.IOException;
import java.net.SocketAddress;

/** A connection was about to be made to an address that the {@link AddressPolicy} refuses. */
final class AddressNotAllowedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * @param reason one of {@link Reasons}
   */
  AddressNotAllowedException(String reason, SocketAddress target) {
    super("not allowed: " + target);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
