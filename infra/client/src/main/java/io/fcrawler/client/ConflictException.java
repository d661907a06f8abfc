package io.fcrawler.client;

/** The crawl's state does not allow the command, as that of a finished crawl allows no pause. */
public final class ConflictException extends RefusedException {
  private static final long serialVersionUID = 1L;

  ConflictException(String message) {
    super(message);
  }
}
