package io.fcrawler.cli;

import io.fcrawler.cli.text.TerminalSize;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs command lines in this process, and keeps what came of the last one. */
final class TestingCli {
  private final String url;
  private final TestingTime time = new TestingTime();
  private String input = "";
  private Optional<TerminalSize> terminal = Optional.empty();
  private TestingOutput output = new TestingOutput();

  TestingCli(TestingApi api) {
    this(api.url());
  }

  TestingCli(String url) {
    this.url = url;
  }

  TestingCli input(String text) {
    input = text;
    return this;
  }

  TestingCli terminal(TerminalSize size) {
    terminal = Optional.of(size);
    return this;
  }

  /** Returns the exit code. */
  int run(String... args) {
    output = new TestingOutput(terminal);
    ByteArrayInputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    Session session = new Session(Map.of("FCRAWLER_URL", url), in, output.output(), time);
    return Program.run(session, args);
  }

  String out() {
    return output.out();
  }

  List<String> lines() {
    return output.lines();
  }

  String err() {
    return output.err();
  }

  TestingTime time() {
    return time;
  }
}
