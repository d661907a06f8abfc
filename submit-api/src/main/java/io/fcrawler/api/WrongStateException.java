package io.fcrawler.api;

/** What a user wants means nothing in the state that the crawl is in; the message says why. */
final class WrongStateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WrongStateException(String message) {
    super(message);
  }
}
