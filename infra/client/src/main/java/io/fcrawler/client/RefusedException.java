package io.fcrawler.client;

/** The other side answered, but not with what was wanted. */
public sealed class RefusedException extends ClientException
    permits ConflictException, UnknownSeedException {
  private static final long serialVersionUID = 1L;

  public RefusedException(String message) {
    super(message, null);
  }
}
