package io.fcrawler.cli;

import io.fcrawler.cli.exit.ExitCodes;
import io.fcrawler.cli.exit.UsageException;
import io.fcrawler.cli.text.Output;
import io.fcrawler.client.Api.Control;
import io.fcrawler.client.ClientException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs one command line. */
final class Program {
  private final Session session;
  private final Output output;

  private Program(Session session) {
    this.session = session;
    this.output = session.output();
  }

  /** Returns the exit code, once all that went wrong has been told. */
  static int run(Session session, String... args) {
    return new Program(session).run(args);
  }

  private int run(String... args) {
    CommandLine line = commands();
    line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    line.setUsageHelpAutoWidth(false).setUsageHelpWidth(100);
    line.setParameterExceptionHandler((e, arguments) -> usage(e));
    line.setExecutionExceptionHandler((e, command, result) -> failed(e));
    line.setExecutionStrategy(this::execute);
    return line.execute(args);
  }

  private CommandLine commands() {
    CommandLine line = new CommandLine(new RootCommand());
    line.addSubcommand(new SubmitCommand(session));
    line.addSubcommand(new StatusCommand(session));
    line.addSubcommand(new WatchCommand(session));
    line.addSubcommand(new ListCommand(session));
    line.addSubcommand(new FailuresCommand(session));
    line.addSubcommand(new ExcludedCommand(session));
    line.addSubcommand(new ReceiptCommand(session));
    line.addSubcommand(new WorkersCommand(session));
    line.addSubcommand("pause", new ControlCommand(session, Control.PAUSE));
    line.addSubcommand("resume", new ControlCommand(session, Control.RESUME));
    line.addSubcommand("cancel", new ControlCommand(session, Control.CANCEL));
    line.addSubcommand(new RecrawlCommand(session));
    line.addSubcommand(new PagesCommand(session));
    return line;
  }

  /** Help goes to standard output in UTF-8, as all else. */
  private int execute(CommandLine.ParseResult parsed) {
    List<CommandLine> lines = parsed.asCommandLineList();
    CommandLine line = lines.getLast();
    if (line.isUsageHelpRequested()) {
      output.draw(line.getUsageMessage());
      return ExitCodes.FINE;
    }
    if (line.isVersionHelpRequested()) {
      output.line("fcrawler " + RootCommand.version());
      return ExitCodes.FINE;
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private int usage(ParameterException e) {
    String name = e.getCommandLine().getCommandSpec().qualifiedName(" ");
    String hint = "";
    if (e instanceof UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      hint = "; did you mean " + unmatched.getSuggestions().getFirst() + "?";
    }
    output.error("%s%s (see %s --help)".formatted(e.getMessage(), hint, name));
    return ExitCodes.USAGE;
  }

  private int failed(Exception e) throws Exception {
    return switch (e) {
      case ClientException problem -> ended(problem.line(), ExitCodes.of(problem));
      case UsageException wrong -> ended(wrong.line(), ExitCodes.USAGE);
      default -> throw e;
    };
  }

  private int ended(String line, int code) {
    output.error(line);
    return code;
  }
}
