package io.fcrawler.seed;

/** User input that cannot be taken: names the field, what is wrong and what would be right. */
public final class BadInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String field;

  public BadInputException(String field, String message) {
    super(message, null, false, false); // no stack trace: a body may have 100,000 bad lines
    this.field = field;
  }

  /** The name of the JSON field or query parameter that was wrong. */
  public String field() {
    return field;
  }
}
