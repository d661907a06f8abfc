package io.fcrawler.store;

/**
 * The state was written by a program that this one is not compatible with, so that no call of it is
 * made; says what to do. Users fare as if the store were away.
 */
public final class IncompatibleStoreException extends NotExecutedException {
  private static final long serialVersionUID = 1L;

  public IncompatibleStoreException(String message) {
    super(message);
  }
}
