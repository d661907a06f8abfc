package io.fcrawler.worker.fetch;

import java.io.IOException;

/** A connection was about to be made to an address that the {@link AddressPolicy} refuses. */
final class AddressNotAllowedException extends IOException {
  private static final long serialVersionUID = 1L;

  AddressNotAllowedException(String message) {
    super(message);
  }
}
