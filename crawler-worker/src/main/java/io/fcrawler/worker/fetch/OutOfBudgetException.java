package io.fcrawler.worker.fetch;

import java.io.IOException;

/** Thrown where a fetch can neither have more memory at once nor wait for it. */
final class OutOfBudgetException extends IOException {
  private static final long serialVersionUID = 1;

  OutOfBudgetException() {
    super("no memory for the body for now");
  }
}
