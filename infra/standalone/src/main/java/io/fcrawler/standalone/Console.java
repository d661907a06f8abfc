package io.fcrawler.standalone;

import java.io.PrintStream;

/**
 * The launcher's lines. A closed output is no reason to end, and {@link PrintStream} never throws,
 * so that the crawl outlives the terminal. Thread-safe.
 */
final class Console {
  private final PrintStream out;
  private final PrintStream errors;

  Console(PrintStream out, PrintStream errors) {
    this.out = out;
    this.errors = errors;
  }

  void line(String text) {
    out.println(text);
    out.flush();
  }

  void error(String text) {
    errors.println("fcrawler: " + text);
    errors.flush();
  }
}
