package io.fcrawler.chaos.site;

import io.fcrawler.testing.web.RandomSite;
import io.fcrawler.testing.web.Site;
import io.fcrawler.testing.web.SiteServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** All seeds of a run, on one port of loopback. */
public final class Web {
  private static final int SMALL = 7;

  private final SeedSite paced;
  private final SeedSite wide;
  private final SeedSite again;
  private final List<SeedSite> late;

  /** The web of a run; the same for equal numbers. */
  public Web(Random random, int port) {
    this(random, port, 1);
  }

  /** A web whose first two seeds take so many times as long. */
  public Web(Random random, int port, int times) {
    paced = new Plan("paced", 3, 1, 80, 12).make(random, port, 420 * times, 0);
    wide = new Plan("wide", 3, 2, 0, 150).make(random, port, 560 * times, 2100);
    again = new Plan("again", 1, 1, 0, 50).make(random, port, 60, 0);
    late = new ArrayList<>();
    late.add(new Plan("late", 2, 2, 0, 120).make(random, port, 240, 0));
    for (int i = 1; i <= SMALL; i++) {
      late.add(new Plan("late" + i, 1, 1, 0, 50).make(random, port, 6, 0));
    }
  }

  /** A web without redirects to themselves, which 0.1.0 counts as crawled. */
  public static Web withoutRedirectsToThemselves(Random random, int port, int times) {
    while (true) {
      Web web = new Web(random, port, times);
      if (web.all().stream().noneMatch(seed -> seed.site().hasRedirectToItself())) {
        return web;
      }
    }
  }

  /** A seed without pages. */
  private record Plan(String name, int hosts, int connections, int delayMs, int paceMs) {
    SeedSite make(Random random, int port, int pages, int leaves) {
      String domain = name + ".example";
      List<String> names = new ArrayList<>(List.of(domain));
      IntStream.range(1, hosts).forEach(i -> names.add("h" + i + "." + domain));
      Site site = RandomSite.make(random, names, port, paceMs, pages, leaves);
      return new SeedSite(domain, port, names, connections, delayMs, site);
    }
  }

  /** One connection a host, and a delay. */
  public SeedSite paced() {
    return paced;
  }

  /** Several connections a host, and a page with more links than a turn takes. */
  public SeedSite wide() {
    return wide;
  }

  /** Small, and to be submitted once more when it is done. */
  public SeedSite again() {
    return again;
  }

  /** To be submitted when the others are under way; most of them small. */
  public List<SeedSite> late() {
    return List.copyOf(late);
  }

  public List<SeedSite> all() {
    List<SeedSite> all = new ArrayList<>(List.of(paced, wide, again));
    all.addAll(late);
    return all;
  }

  /** Has a server serve all pages. */
  public void serveOn(SiteServer server) {
    all().forEach(seed -> server.serve(seed.site()));
  }

  /** The value of {@code FCRAWLER_RESOLVE}: all hosts are on loopback. */
  public String resolve() {
    return all().stream()
        .flatMap(site -> site.hosts().stream())
        .map(host -> host + "=127.0.0.1")
        .collect(Collectors.joining(","));
  }
}
