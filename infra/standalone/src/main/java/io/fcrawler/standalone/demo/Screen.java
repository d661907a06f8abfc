package io.fcrawler.standalone.demo;

/** Where a {@link Tour} is seen. */
public interface Screen {
  /** A line that stays. */
  void line(String text);

  /** The line that the next call of either method replaces, where this is a terminal. */
  void status(String text);

  /** How many characters a line of the terminal has; 0 where this is none. */
  int columns();
}
