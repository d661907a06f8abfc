package io.fcrawler.store;

/**
 * The store refused the call, as this program's user may not make it; the message quotes it. It is
 * refused until an operator allows it.
 */
public final class NotPermittedException extends NotExecutedException {
  private static final long serialVersionUID = 1L;

  public NotPermittedException(String message, Throwable cause) {
    super(message, cause);
  }
}
