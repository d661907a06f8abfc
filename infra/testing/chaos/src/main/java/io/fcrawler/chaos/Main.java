package io.fcrawler.chaos;

import io.fcrawler.chaos.fault.Scenario;
import io.fcrawler.chaos.fleet.Disk;
import io.fcrawler.chaos.fleet.Folders;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program behind {@code scripts/chaos.sh}. */
@Command(
    name = "scripts/chaos.sh",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = {
      "Runs all of fcrawler while processes are killed and frozen, connections are cut and Redis",
      "goes back in time, and checks that its numbers are exact all the same. A run takes about a",
      "minute. The same seed and number give the same faults."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:every run was exact", "1:some were not; their logs are kept", "2:bad usage"})
public final class Main implements Callable<Integer> {
  @Option(names = "--runs", defaultValue = "3", description = "How many (${DEFAULT-VALUE}).")
  private int runs;

  @Option(names = "--seed", defaultValue = "1", description = "Of all chance (${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--from", defaultValue = "1", description = "The first run (${DEFAULT-VALUE}).")
  private int from;

  @Option(names = "--replay", paramLabel = "RUN", description = "This one alone, keeping its logs.")
  private int replay;

  @Option(names = "--at-once", defaultValue = "1", description = "So many (${DEFAULT-VALUE}).")
  private int atOnce;

  @Option(names = "--keep", description = "Keep the logs of exact runs, too.")
  private boolean keep;

  @Option(names = "--until-found", description = "Stop at the first run that is not exact.")
  private boolean untilFound;

  @Option(names = "--rolling", description = "Restart every process in turn instead, under load.")
  private boolean rolling;

  @Option(names = "--restart", description = "Stop and start all at once instead, under load.")
  private boolean restart;

  @Option(
      names = "--upgrade-from",
      paramLabel = "FOLDER",
      description = {
        "With --rolling or --restart: begin with the programs of an older tree that was built",
        "there; what is restarted is this tree's."
      })
  private @Nullable Path older;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      description = "Run this fixed sequence of faults instead; may be repeated.")
  private List<String> scenarios = List.of();

  @Option(names = "--list-scenarios", description = "Print their names and what they show.")
  private boolean listScenarios;

  @Option(names = "--results", paramLabel = "FILE", description = "Add a line for each run to it.")
  private @Nullable Path results;

  @Option(names = "--summary", paramLabel = "FILE", description = "Print the table of such a file.")
  private @Nullable Path summary;

  @Spec private @Nullable CommandSpec spec;

  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    if (summary != null) {
      say(Summary.of(Results.read(summary)));
      return 0;
    }
    if (listScenarios) {
      Scenario.all().forEach(this::describe);
      return 0;
    }
    checkOptions();
    Path work = work();
    if (!scenarios.isEmpty()) {
      return inTurn(work) ? 0 : 1;
    }
    if (rolling || restart) {
      RestartPlan plan = new RestartPlan(root(), Optional.ofNullable(older), restart);
      boolean passed = new RollingRestart(plan, work, seed, this::say).run();
      return passed ? 0 : 1;
    }
    if (!Disk.canMount(work.resolve("disk"))) {
      say("NOTE: no disk can be mounted here, so that none can be full: that fault is left out");
    }
    List<Outcome> outcomes =
        replay > 0 ? all(work, replay, replay) : all(work, from, from + runs - 1);
    say("\n" + Summary.of(outcomes));
    return outcomes.stream().allMatch(Outcome::exact) ? 0 : 1;
  }

  private void checkOptions() {
    if (rolling && restart) {
      throw badUsage("--rolling and --restart exclude each other");
    }
    if (older == null) {
      return;
    }
    if (!rolling && !restart) {
      throw badUsage("--upgrade-from needs --rolling or --restart");
    }
    if (!Files.isRegularFile(older.resolve("crawler-worker/target/crawler-worker.jar"))) {
      throw badUsage("no programs in " + older + ": build that tree first");
    }
    older = older.toAbsolutePath();
  }

  private ParameterException badUsage(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }

  private void describe(Scenario scenario) {
    say(scenario.name() + ": " + scenario.about());
    scenario.lines().forEach(line -> say("    " + line));
  }

  /** Whether all scenarios that were asked for are exact. */
  private boolean inTurn(Path work) throws InterruptedException, IOException {
    boolean exact = true;
    for (Scenario scenario : scenarios.stream().map(this::named).toList()) {
      Path folder = work.resolve(scenario.name());
      Outcome outcome = new ChaosRun(root(), folder, seed, scenario).run(keep);
      String again = "--seed " + seed + " --scenario " + scenario.name();
      tell("scenario " + scenario.name(), outcome, again);
      exact &= outcome.exact();
    }
    if (exact && !keep) {
      Folders.delete(work);
    }
    return exact;
  }

  private Scenario named(String name) {
    return Scenario.named(name)
        .orElseThrow(() -> badUsage("no scenario " + name + "; --list-scenarios prints all"));
  }

  private static Path root() {
    return Path.of(System.getProperty("fcrawler.root", ".")).toAbsolutePath();
  }

  private static Path work() {
    String named = System.getenv().getOrDefault("TMPDIR", "");
    return Path.of(
        named.isBlank() ? "/tmp" : named, "fcrawler-chaos-" + ProcessHandle.current().pid());
  }

  private List<Outcome> all(Path work, int first, int last) throws Exception {
    ConcurrentLinkedQueue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(atOnce)) {
      List<Future<?>> futures = new ArrayList<>();
      IntStream.rangeClosed(first, last)
          .forEach(run ->
              futures.add(
                  executor.submit(() -> {
                    boolean found = outcomes.stream().anyMatch(outcome -> !outcome.exact());
                    if (!(untilFound && found)) {
                      outcomes.add(one(work, run));
                    }
                    return null;
                  })));
      for (Future<?> future : futures) {
        future.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a run was broken off", e.getCause());
    }
    if (outcomes.stream().allMatch(outcome -> outcome.folder().isEmpty())) {
      Folders.delete(work);
    }
    return List.copyOf(outcomes);
  }

  private Outcome one(Path work, int run) throws InterruptedException, IOException {
    Outcome outcome =
        new ChaosRun(root(), work.resolve("run-" + run), seed, run).run(keep || replay > 0);
    if (results != null) {
      Results.append(results, outcome);
    }
    tell("run " + run, outcome, "--seed " + seed + " --replay " + run);
    return outcome;
  }

  /**
   * @param again the options that repeat it
   */
  private synchronized void tell(String title, Outcome outcome, String again) {
    say(
        String.format(
            Locale.ROOT,
            "%s: %s, %,d URLs, %d requests made again, %d s",
            title,
            outcome.exact() ? "exact" : "NOT EXACT",
            outcome.urls(),
            outcome.repeats(),
            outcome.seconds()));
    outcome.faults().forEach(line -> say("    " + line));
    outcome.skipped().forEach(line -> say("    left out: " + line));
    outcome.problems().forEach(line -> say("  ! " + line));
    if (!outcome.exact()) {
      say("  ! again by: scripts/chaos.sh " + again);
    }
    if (!outcome.folder().isEmpty()) {
      say("    logs: " + outcome.folder());
    }
  }

  private void say(String line) {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
