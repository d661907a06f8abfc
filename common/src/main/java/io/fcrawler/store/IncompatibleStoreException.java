package io.fcrawler.store;

/** The state was written by a program that this one is not compatible with; says what to do. */
public final class IncompatibleStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public IncompatibleStoreException(String message) {
    super(message);
  }
}
