package io.fcrawler.standalone;

import io.fcrawler.standalone.demo.DemoSite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The launcher. Exits with 0 after an orderly stop, which SIGINT, SIGTERM and SIGHUP ask for, and
 * with 1 and one line on standard error where it can't start. A demonstration ends by itself, and
 * with 128 and the signal's number where one broke it off.
 */
public final class Main {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private final Map<String, String> env;
  private final Console console;

  private Main(Map<String, String> env, Console console) {
    this.env = env;
    this.console = console;
  }

  public static void main(String[] args) {
    int columns = Integer.getInteger(Console.COLUMNS_PROPERTY, 0);
    Console console = new Console(System.out, System.err, columns);
    try {
      new Main(System.getenv(), console).run(args);
      System.exit(0);
    } catch (StartFailure e) {
      console.error(e.line());
      System.exit(1);
    } catch (InterruptedException | IOException e) {
      console.error(String.valueOf(e.getMessage()));
      System.exit(1);
    }
  }

  private void run(String... args) throws InterruptedException, IOException {
    Arguments arguments = Arguments.parse(args);
    if (arguments.isHelp()) {
      console.line(Arguments.help());
      return;
    }
    Path root = Programs.projectRoot();
    if (arguments.isDemo()) {
      new Demo(env, Programs.in(root), console, START_LIMIT).run(arguments, DemoSite::start);
      return;
    }
    if (arguments.isTraining()) {
      new Training(env, Programs.in(root), START_LIMIT).run(arguments);
      return;
    }
    runStandalone(Options.of(arguments, env, root.resolve("volumes").resolve("standalone")), root);
  }

  private void runStandalone(Options options, Path root) throws InterruptedException, IOException {
    Programs programs = Programs.in(root);
    try (DataFolder data = DataFolder.open(options.data())) {
      new Leftovers(data, console).end();
      Ports.checkFree(options);
      Parts parts = new Parts(options, env, data, programs, console);
      Supervisor supervisor = new Supervisor(parts.all(), data, console, START_LIMIT);
      supervise(supervisor, readyLine(BindAddress.of(env), options.apiPort()));
    }
  }

  private void supervise(Supervisor supervisor, String readyLine) throws InterruptedException {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stopAndHalt(supervisor), "stop-on-signal"));
    try {
      supervisor.start();
      console.line(readyLine);
      supervisor.keepUntilStopped();
    } catch (StartFailure e) {
      if (!supervisor.isStopping()) {
        throw e;
      }
    } finally {
      supervisor.stop();
    }
  }

  private static String readyLine(BindAddress bind, int port) {
    return "fcrawler is ready: %s  Try: curl -d '{\"domain\":\"example.com\"}' %s/api/submit"
        .formatted(bind.shown(port), bind.url(port));
  }

  /** On a signal: the exit code of an orderly stop is 0, not that of the signal. */
  private void stopAndHalt(Supervisor supervisor) {
    boolean bySignal = !supervisor.isStopping();
    if (bySignal) {
      console.line("stopping");
    }
    try {
      supervisor.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (bySignal) {
      console.line("stopped");
      Runtime.getRuntime().halt(0);
    }
  }
}
