package io.fcrawler.worker.fetch;

import java.net.UnknownHostException;

/** The name server did not answer in time, or could not; nothing is known of the host. */
final class TemporaryDnsException extends UnknownHostException {
  private static final long serialVersionUID = 1L;

  TemporaryDnsException(String message) {
    super(message);
  }
}
