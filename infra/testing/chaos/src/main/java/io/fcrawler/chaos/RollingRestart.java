package io.fcrawler.chaos;

import io.fcrawler.chaos.fault.Span;
import io.fcrawler.chaos.fleet.Fleet;
import io.fcrawler.chaos.fleet.Folders;
import io.fcrawler.chaos.fleet.JavaPart;
import io.fcrawler.chaos.fleet.Part;
import io.fcrawler.chaos.site.SeedSite;
import io.fcrawler.chaos.site.Web;
import io.fcrawler.chaos.user.PatientApi;
import io.fcrawler.chaos.verdict.Verdict;
import io.fcrawler.testing.web.SiteServer;
import io.fcrawler.testing.web.Visit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Every process is stopped and started under load: one after another, each as soon as the one
 * before is ready, or all at once. Two APIs are asked in turn, and the other one where the first
 * does not answer. What is started may be of a later version than what was stopped.
 */
final class RollingRestart {
  private static final Duration STOP = Duration.ofSeconds(35);
  private static final Duration READY = Duration.ofMinutes(1);
  private static final Duration END = Duration.ofMinutes(5);

  /** In which a program that is stopped may still send, and none can have come up in its place. */
  private static final long STOPPING_NS = TimeUnit.SECONDS.toNanos(1);

  private static final int RETRIES = 3;

  /** Requests after which processes are restarted in turn. */
  private static final int UNDER_WAY = 100;

  /** Requests after which all are restarted. */
  private static final int MID_CRAWL = 3000;

  private static final int TIMES = 8;

  /** The name of a restart of all. */
  private static final String ALL = "all";

  private final RestartPlan plan;
  private final Path folder;
  private final Random random;
  private final Consumer<String> out;
  private final Queue<String> problems = new ConcurrentLinkedQueue<>();
  private final List<Span> restarts = new ArrayList<>();
  private final AtomicLong submits = new AtomicLong();
  private final AtomicLong refusedWithoutKafka = new AtomicLong();
  private volatile String restarting = "";

  /**
   * @param folder that does not exist yet; left where something is wrong
   * @param out takes what there is to say, line by line
   */
  RollingRestart(RestartPlan plan, Path folder, long seed, Consumer<String> out) {
    this.plan = plan;
    this.folder = folder;
    this.random = new Random(seed);
    this.out = out;
  }

  /** Whether nothing was lost, no submission refused, and no host left alone for too long. */
  boolean run() throws Exception {
    Files.createDirectories(folder);
    try (SiteServer server = SiteServer.start()) {
      Web web =
          plan.older().isPresent()
              ? Web.withoutRedirectsToThemselves(random, server.port(), TIMES)
              : new Web(random, server.port(), TIMES);
      web.serveOn(server);
      Map<String, String> further =
          Map.of("FCRAWLER_RESOLVE", web.resolve(), "FCRAWLER_RETRY_DELAY", "200ms");
      Fleet fleet = new Fleet(plan.first(), folder, 2, 3, further);
      Runtime.getRuntime().addShutdownHook(new Thread(fleet::close));
      try (fleet) {
        underLoad(web, server, fleet, new PatientApi(fleet.apiUrls()));
      }
      problems.addAll(fleet.leftOvers());
    }
    problems.forEach(problem -> out.accept("  ! " + problem));
    if (problems.isEmpty()) {
      Folders.delete(folder);
    } else {
      out.accept("logs: " + folder);
    }
    return problems.isEmpty();
  }

  private void underLoad(Web web, SiteServer server, Fleet fleet, PatientApi api)
      throws InterruptedException {
    for (SeedSite site : web.all()) {
      api.submit(site);
    }
    while (server.log().size() < (plan.whole() ? MID_CRAWL : UNDER_WAY)) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    Thread user = Thread.ofVirtual().start(() -> keepSubmitting(web.again(), api));
    fleet.upgradeTo(plan.root());
    if (plan.whole()) {
      restartAll(fleet);
    } else {
      for (Part part : plan.order(fleet)) {
        restart(part, fleet);
      }
    }
    user.interrupt();
    user.join();
    if (api.status(web.paced()).equals("done")) {
      problems.add("the crawl was over before the last restart");
    }
    for (SeedSite site : web.all()) {
      if (!api.awaitDone(site, END)) {
        problems.add(site.id() + " does not end");
        return;
      }
    }
    judge(web, server, fleet, api);
  }

  private void keepSubmitting(SeedSite site, PatientApi api) {
    try {
      while (true) {
        String before = restarting;
        boolean taken = api.trySubmit(site);
        if (!taken) {
          taken = api.trySubmit(site); // the other one
        }
        if (taken) {
          submits.incrementAndGet();
        } else if (isWithoutKafka(before) || isWithoutKafka(restarting)) {
          refusedWithoutKafka.incrementAndGet();
        } else {
          problems.add("a submission was taken by neither API, at the restart of " + before);
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // all is over
    }
  }

  private void restart(Part part, Fleet fleet) throws InterruptedException {
    long beganNs = System.nanoTime();
    restarting = part.name();
    part.stop(STOP);
    part.start();
    if (part instanceof JavaPart) {
      awaitReady(part.name(), fleet);
    }
    restarted(beganNs);
  }

  private void restartAll(Fleet fleet) throws InterruptedException {
    long beganNs = System.nanoTime();
    restarting = ALL;
    fleet.stopAll();
    fleet.startAll();
    for (String program : fleet.programNames()) {
      awaitReady(program, fleet);
    }
    restarted(beganNs);
  }

  private void restarted(long beganNs) {
    restarts.add(new Span(restarting, beganNs, System.nanoTime()));
    restarting = "";
  }

  private void awaitReady(String program, Fleet fleet) throws InterruptedException {
    long untilNs = System.nanoTime() + READY.toNanos();
    while (!PatientApi.isReady(fleet.url(program))) {
      if (System.nanoTime() - untilNs > 0) {
        problems.add(program + " does not get ready");
        return;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static boolean isWithoutKafka(String restart) {
    return restart.equals("kafka") || restart.equals(ALL);
  }

  private void judge(Web web, SiteServer server, Fleet fleet, PatientApi api)
      throws InterruptedException {
    // Only a stopped server loses answers; a stopped worker or API wastes no request.
    List<Span> spans =
        restarts.stream()
            .filter(RollingRestart::isServer)
            .map(span ->
                new Span(
                    span.what(),
                    Span.before(span.fromNs(), Duration.ofSeconds(5)),
                    span.toNs() + Fleet.SESSION_TIMEOUT.toNanos()))
            .toList();
    Verdict verdict =
        new Verdict(
            api, fleet.kafkaServers(), List.of(), spans, RETRIES, restarts.getFirst().fromNs());
    if (plan.older().isPresent()) {
      verdict.leaveOutDelaysBefore(this::isBeforeRestart);
    }
    verdict.look(web, server);
    problems.addAll(verdict.problems());
    List<Pause> pauses = pauses(web.paced(), server.log());
    out.accept("| restarted | took | longest pause of a host |");
    out.accept("| --- | ---: | ---: |");
    restarts.forEach(restart -> tell(restart, pauses));
    long before = server.log().stream().filter(this::isBeforeRestart).count();
    out.accept(
        String.format(
            Locale.ROOT,
            "%,d of %,d requests were made by workers that were not yet restarted",
            before,
            server.log().size()));
    out.accept(
        String.format(
            Locale.ROOT,
            "%d submissions taken, %d refused while Kafka was restarted; %,d URLs, %d requests"
                + " made again",
            submits.get(),
            refusedWithoutKafka.get(),
            verdict.urls(),
            verdict.repeats()));
  }

  /** While the only Redis or the only Kafka is down, all must wait for it. */
  private void tell(Span restart, List<Pause> pauses) {
    long tookNs = restart.toNs() - restart.fromNs();
    long longestNs =
        pauses.stream()
            .filter(pause -> restart.excuses(pause.fromNs(), pause.fromNs()))
            .mapToLong(Pause::lengthNs)
            .max()
            .orElse(0);
    out.accept(
        String.format(
            Locale.ROOT,
            "| %s | %.1f s | %.1f s |",
            restart.what(),
            tookNs / 1e9,
            longestNs / 1e9));
    long downNs = isServer(restart) || restart.what().equals(ALL) ? tookNs : 0;
    if (longestNs - downNs > Fleet.SESSION_TIMEOUT.toNanos()) {
      problems.add("a host was left alone for too long at the restart of " + restart.what());
    }
  }

  private static boolean isServer(Span restart) {
    return restart.what().equals("redis") || restart.what().equals("kafka");
  }

  /**
   * Whether it was sent by a program that was stopped then, and did not come up again meanwhile.
   */
  private boolean isBeforeRestart(Visit visit) {
    return restarts.stream()
        .filter(restart ->
            restart.what().equals(ALL) || visit.agent().equals(Fleet.agent(restart.what())))
        .anyMatch(restart -> visit.startNs() - restart.fromNs() < STOPPING_NS);
  }

  /** A time in which a host that is not finished was asked nothing. */
  private record Pause(long fromNs, long toNs) {
    long lengthNs() {
      return toNs - fromNs;
    }
  }

  private static List<Pause> pauses(SeedSite site, List<Visit> visits) {
    List<Pause> pauses = new ArrayList<>();
    for (String host : site.hosts()) {
      List<Visit> mine =
          visits.stream()
              .filter(visit -> visit.hostName().equals(host))
              .sorted(Comparator.comparingLong(Visit::startNs))
              .toList();
      for (int i = 1; i < mine.size(); i++) {
        pauses.add(new Pause(mine.get(i - 1).endNs(), mine.get(i).startNs()));
      }
    }
    return pauses;
  }
}
