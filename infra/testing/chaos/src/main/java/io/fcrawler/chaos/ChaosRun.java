package io.fcrawler.chaos;

import io.fcrawler.chaos.fault.Injector;
import io.fcrawler.chaos.fault.Plan;
import io.fcrawler.chaos.fault.Scenario;
import io.fcrawler.chaos.fault.Schedule;
import io.fcrawler.chaos.fleet.Fleet;
import io.fcrawler.chaos.fleet.Folders;
import io.fcrawler.chaos.site.SeedSite;
import io.fcrawler.chaos.site.Web;
import io.fcrawler.chaos.user.PatientApi;
import io.fcrawler.chaos.verdict.ProgressWatch;
import io.fcrawler.chaos.verdict.Verdict;
import io.fcrawler.testing.web.SiteServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** One run: a fleet crawls a web while faults are done to it, and must be exact in the end. */
public final class ChaosRun {
  private static final int WORKERS = 3;
  private static final int RETRIES = 3;
  private static final int UNDER_WAY = 20;
  private static final int LATEST_MS = 14_000;
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration END = Duration.ofMinutes(4);

  private final Path root;
  private final Path folder;
  private final long seed;
  private final int run;
  private final Plan plan;
  private final int workers;
  private final int times;
  private final Random random;
  private final Queue<String> problems = new ConcurrentLinkedQueue<>();
  private final Set<String> died = new TreeSet<>();
  private List<String> skipped = List.of();
  private long urls;
  private long repeats;

  /**
   * A run whose faults are drawn.
   *
   * @param root of the project, where the programs were built
   * @param folder that does not exist yet; left where the run fails
   * @param seed of all runs
   * @param run its number
   */
  public ChaosRun(Path root, Path folder, long seed, int run) {
    this(root, folder, seed, run, Schedule.draw(random(seed, run, 1)), WORKERS, 1);
  }

  /** A run of a scenario, on a web that is drawn. */
  public ChaosRun(Path root, Path folder, long seed, Scenario scenario) {
    this(root, folder, seed, 0, scenario, scenario.workers(), scenario.times());
  }

  private ChaosRun(Path root, Path folder, long seed, int run, Plan plan, int workers, int times) {
    this.root = root;
    this.folder = folder;
    this.seed = seed;
    this.run = run;
    this.plan = plan;
    this.workers = workers;
    this.times = times;
    this.random = random(seed, run, 0);
  }

  /** Random numbers for one purpose of this run. */
  private static Random random(long seed, int run, int purpose) {
    return Random.from(new SplittableRandom((1_000_003 * seed + run) * 3 + purpose));
  }

  /**
   * Runs it.
   *
   * @param keep whether to leave the logs of a run that passes, too
   */
  public Outcome run(boolean keep) throws InterruptedException, IOException {
    long beganNs = System.nanoTime();
    Files.createDirectories(folder);
    try (SiteServer server = SiteServer.start()) {
      Web web = new Web(random, server.port(), times);
      web.serveOn(server);
      crawl(web, server);
    }
    boolean kept = keep || !problems.isEmpty();
    if (!kept) {
      Folders.delete(folder);
    }
    return new Outcome(
        seed,
        run,
        plan.lines(),
        plan.kinds(),
        List.copyOf(problems),
        skipped,
        urls,
        repeats,
        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beganNs),
        kept ? folder.toString() : "");
  }

  private void crawl(Web web, SiteServer server) throws InterruptedException {
    Map<String, String> further =
        Map.of(
            "FCRAWLER_RESOLVE",
            web.resolve(),
            "FCRAWLER_RETRIES",
            Integer.toString(RETRIES),
            "FCRAWLER_RETRY_DELAY",
            "200ms",
            "FCRAWLER_SCAN_INTERVAL",
            "1s");
    Fleet fleet = new Fleet(root, folder, 1, workers, further);
    Runtime.getRuntime().addShutdownHook(new Thread(fleet::close));
    try (fleet) {
      harm(web, server, fleet, new PatientApi(fleet.apiUrls()));
    } catch (RuntimeException e) {
      problems.add("broken off: " + e);
    }
    problems.addAll(fleet.leftOvers());
  }

  private void harm(Web web, SiteServer server, Fleet fleet, PatientApi api)
      throws InterruptedException {
    for (SeedSite site : List.of(web.paced(), web.wide(), web.again())) {
      api.submit(site);
    }
    awaitUnderWay(server, fleet);
    Injector injector = new Injector(fleet, new RunUsers(web, server, fleet, api, END));
    ProgressWatch progress =
        new ProgressWatch(
            api, List.of(web.paced(), web.wide(), web.again()), injector::mayHaveLostWork);
    progress.start();
    Thread watch = Thread.ofVirtual().start(() -> watch(fleet));
    Thread late = Thread.ofVirtual().start(() -> submitLate(web, api));
    injector.run(plan);
    late.join();
    boolean done = awaitDone(web, api);
    problems.addAll(progress.stop());
    watch.interrupt();
    watch.join();
    problems.addAll(injector.errors());
    skipped = injector.skipped();
    if (done) {
      Verdict verdict =
          new Verdict(
              api,
              fleet.kafkaServers(),
              injector.frozen(),
              injector.spans(),
              RETRIES,
              injector.beganNs());
      verdict.look(web, server);
      problems.addAll(verdict.problems());
      urls = verdict.urls();
      repeats = verdict.repeats();
    }
    died.forEach(part -> problems.add(part + " ended by itself"));
  }

  private static void awaitUnderWay(SiteServer server, Fleet fleet) throws InterruptedException {
    long untilNs = System.nanoTime() + START.toNanos();
    while (server.log().size() < UNDER_WAY) {
      if (System.nanoTime() - untilNs > 0) {
        throw new IllegalStateException("the crawl does not begin; dead: " + fleet.dead());
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private void submitLate(Web web, PatientApi api) {
    long beganNs = System.nanoTime();
    int[] atMs = random(seed, run, 2).ints(web.late().size(), 0, LATEST_MS).sorted().toArray();
    try {
      for (int i = 0; i < atMs.length; i++) {
        long dueNs = beganNs + TimeUnit.MILLISECONDS.toNanos(atMs[i]);
        TimeUnit.NANOSECONDS.sleep(dueNs - System.nanoTime());
        api.submit(web.late().get(i));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch(Fleet fleet) {
    try {
      while (true) {
        died.addAll(fleet.dead());
        TimeUnit.MILLISECONDS.sleep(500);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // all is over
    }
  }

  private static String shown(SeedSite site, PatientApi api) throws InterruptedException {
    return api.ask(it -> it.crawl(site.id()).json().json()).orElse("no answer")
        + api.ask(it -> it.receipt(site.id()).json().json()).orElse("");
  }

  private boolean awaitDone(Web web, PatientApi api) throws InterruptedException {
    List<String> hanging = new ArrayList<>();
    for (SeedSite site : web.all()) {
      Duration most = hanging.isEmpty() ? END : Duration.ofSeconds(5);
      if (!api.awaitDone(site, most)) {
        hanging.add(site.id());
        problems.add(site.id() + " does not end: " + shown(site, api));
      }
    }
    return hanging.isEmpty();
  }
}
