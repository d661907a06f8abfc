package io.fcrawler.standalone;

import io.fcrawler.standalone.demo.Screen;
import java.io.PrintStream;

/**
 * The launcher's lines. A closed output is no reason to end, and {@link PrintStream} never throws,
 * so that the crawl outlives the terminal. Thread-safe.
 */
final class Console implements Screen {
  /** How many columns the terminal has that standard output is; absent where it is none. */
  static final String COLUMNS_PROPERTY = "fcrawler.columns";

  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream out;
  private final PrintStream errors;
  private final int columns;
  private boolean isStatusShown;

  Console(PrintStream out, PrintStream errors) {
    this(out, errors, 0);
  }

  Console(PrintStream out, PrintStream errors, int columns) {
    this.out = out;
    this.errors = errors;
    this.columns = columns;
  }

  @Override
  public synchronized void line(String text) {
    clearStatus();
    out.println(text);
    out.flush();
  }

  @Override
  public synchronized void status(String text) {
    clearStatus();
    out.print(text);
    out.flush();
    isStatusShown = true;
  }

  private void clearStatus() {
    if (isStatusShown) {
      out.print(CLEAR_LINE);
      isStatusShown = false;
    }
  }

  @Override
  public int columns() {
    return columns;
  }

  synchronized void error(String text) {
    clearStatus();
    out.flush();
    errors.println("fcrawler: " + text);
    errors.flush();
  }
}
