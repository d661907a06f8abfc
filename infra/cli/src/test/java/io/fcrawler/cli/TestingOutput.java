package io.fcrawler.cli;

import io.fcrawler.cli.text.Output;
import io.fcrawler.cli.text.TerminalSize;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** An output that can be looked at. */
public final class TestingOutput {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Output output;

  public TestingOutput() {
    this(Optional.empty());
  }

  public TestingOutput(Optional<TerminalSize> terminal) {
    output = new Output(stream(out), stream(err), terminal);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  public Output output() {
    return output;
  }

  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  public List<String> lines() {
    return out().lines().toList();
  }

  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
