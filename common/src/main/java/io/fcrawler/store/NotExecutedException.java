package io.fcrawler.store;

/**
 * The store answered that it did not execute the call (it is loading, busy, out of memory, moving a
 * slot …): the same call may be made again, with the same seq.
 */
public class NotExecutedException extends StoreUnavailableException {
  private static final long serialVersionUID = 1L;

  public NotExecutedException(String message, Throwable cause) {
    super(message, cause);
  }
}
