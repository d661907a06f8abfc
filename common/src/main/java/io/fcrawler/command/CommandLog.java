package io.fcrawler.command;

/** The durable, ordered log of commands: {@code fcrawler.commands}. Thread-safe. */
public interface CommandLog extends AutoCloseable {
  /**
   * Appends a command and waits until the log has it for good.
   *
   * @throws CommandLogUnavailableException where that could not be known in time; the command may
   *     or may not be in the log, and giving it again is harmless
   */
  void append(Command command);

  /** Whether the log answers now; waits a few seconds at the most. */
  boolean reachable();

  @Override
  void close();
}
