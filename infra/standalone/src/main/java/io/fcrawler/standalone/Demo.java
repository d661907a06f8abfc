package io.fcrawler.standalone;

import io.fcrawler.standalone.demo.DemoSite;
import io.fcrawler.standalone.demo.Tour;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * All of fcrawler in a temporary folder and on free ports, crawling the built-in site. A signal
 * breaks it off, in order; whichever way it ends, nothing of it runs and no file of it is there.
 */
final class Demo {
  /** What the user set for other sites, and would only change what is to be seen. */
  private static final List<String> NOT_TAKEN =
      List.of(
          BindAddress.VARIABLE,
          "FCRAWLER_RESOLVE",
          "FCRAWLER_RETRIES",
          "FCRAWLER_SCAN_INTERVAL",
          "FCRAWLER_SESSION_TIMEOUT",
          "FCRAWLER_KAFKA_REPLICATION");

  private static final List<String> NEXT =
      List.of(
          "",
          "Next:",
          "  scripts/standalone.sh            runs it, and keeps what it crawled",
          "  curl -d '{\"domain\":\"example.com\"}' http://127.0.0.1:3001/api/submit",
          "  curl http://127.0.0.1:3001/api/fcrawler/seed/example.com",
          "  scripts/standalone.sh --help     has ports, folders, more workers");

  private final Map<String, String> env;
  private final Programs programs;
  private final Console console;
  private final Duration startLimit;
  private final CountDownLatch stopAsked = new CountDownLatch(1);
  private final CountDownLatch gone = new CountDownLatch(1);
  private volatile @Nullable Supervisor supervisor;

  /** Begins to serve a site. */
  interface Opening {
    DemoSite open() throws IOException;
  }

  Demo(Map<String, String> env, Programs programs, Console console, Duration startLimit) {
    this.env = env;
    this.programs = programs;
    this.console = console;
    this.startLimit = startLimit;
  }

  /**
   * Returns when nothing of it is left.
   *
   * @return whether it came to its end, and no signal broke it off
   * @throws StartFailure if a part does not start, or the crawl's numbers are not what they must be
   */
  boolean run(Arguments arguments, Opening opening) throws IOException, InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(this::breakOff, "break-off-on-signal"));
    boolean isRight;
    try (TemporaryFolder folder = TemporaryFolder.make(env);
        DataFolder data = DataFolder.open(folder.path());
        DemoSite site = opening.open()) {
      Options options = Options.forDemo(arguments, env, folder.path());
      isRight = run(options, site, data);
    } finally {
      gone.countDown();
    }
    if (!isRight && !isBrokenOff()) {
      throw new StartFailure("the crawl's numbers are not those of the site, as told above");
    }
    return isRight;
  }

  private boolean run(Options options, DemoSite site, DataFolder data)
      throws IOException, InterruptedException {
    Parts parts = new Parts(options, environment(site), data, programs, console);
    Supervisor started = new Supervisor(parts.all(), data, console, startLimit);
    supervisor = started;
    try {
      return !isBrokenOff() && show(started, options, site);
    } catch (StartFailure | IOException e) {
      if (isBrokenOff()) {
        return false;
      }
      throw e;
    } finally {
      started.stop();
    }
  }

  private boolean show(Supervisor started, Options options, DemoSite site)
      throws IOException, InterruptedException {
    String workers = options.workers() == 1 ? "a crawler worker" : options.workers() + " workers";
    console.line("Starting Redis, Kafka, the submit API and " + workers + " for a demonstration.");
    started.start();
    URI api = URI.create("http://127.0.0.1:" + options.apiPort());
    boolean isRight = new Tour(site, api, console, stopAsked).take();
    if (isRight) {
      NEXT.forEach(console::line);
    }
    return isRight;
  }

  private Map<String, String> environment(DemoSite site) {
    Map<String, String> environment = new HashMap<>(env);
    NOT_TAKEN.forEach(environment::remove);
    environment.put("FCRAWLER_ALLOW_PRIVATE", site.authority());
    environment.put("FCRAWLER_RETRY_DELAY", "100ms");
    return environment;
  }

  private boolean isBrokenOff() {
    return stopAsked.getCount() == 0;
  }

  /** On a signal: the parts are stopped here, as their start can't be interrupted. */
  private void breakOff() {
    if (gone.getCount() == 0) {
      return;
    }
    console.line("stopping");
    stopAsked.countDown();
    try {
      Supervisor running = supervisor;
      if (running != null) {
        running.stop();
      }
      gone.await();
      console.line("stopped");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
