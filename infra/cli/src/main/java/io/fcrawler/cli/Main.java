package io.fcrawler.cli;

import io.fcrawler.cli.text.Output;
import io.fcrawler.cli.text.TerminalSize;

/**
 * The command line client. The system property {@code fcrawler.terminal} has the terminal's rows
 * and columns, where standard output is one.
 */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Output output = Output.ofProcess(TerminalSize.parse(System.getProperty("fcrawler.terminal")));
    Session session = new Session(System.getenv(), System.in, output, new SystemTime());
    int code = Program.run(session, args);
    output.draw("");
    System.exit(code);
  }
}
