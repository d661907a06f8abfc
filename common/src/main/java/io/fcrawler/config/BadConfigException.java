package io.fcrawler.config;

import java.util.List;

/** A configuration that cannot be used; the message is one line that names every bad key. */
public final class BadConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final List<String> problems;

  public BadConfigException(List<String> problems) {
    super("Bad configuration: " + String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /** One sentence for each bad key: the key, what is wrong and what would be right. */
  public List<String> problems() {
    return problems;
  }
}
