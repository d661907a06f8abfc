package io.fcrawler.chaos.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    paced = new SiteMaker(random, empty("paced", port, 3, 1, 80), 12).make(420 * times, 0);
    wide = new SiteMaker(random, empty("wide", port, 3, 2, 0), 150).make(560 * times, 2100);
    again = new SiteMaker(random, empty("again", port, 1, 1, 0), 50).make(60, 0);
    late = new ArrayList<>();
    late.add(new SiteMaker(random, empty("late", port, 2, 2, 0), 120).make(240, 0));
    for (int i = 1; i <= SMALL; i++) {
      late.add(new SiteMaker(random, empty("late" + i, port, 1, 1, 0), 50).make(6, 0));
    }
  }

  private static SeedSite empty(String name, int port, int hosts, int connections, int delayMs) {
    String domain = name + ".example";
    List<String> names = new ArrayList<>(List.of(domain));
    IntStream.range(1, hosts).forEach(i -> names.add("h" + i + "." + domain));
    return new SeedSite(domain, port, names, connections, delayMs, Map.of());
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

  /** The value of {@code FCRAWLER_RESOLVE}: all hosts are on loopback. */
  public String resolve() {
    return all().stream()
        .flatMap(site -> site.hosts().stream())
        .map(host -> host + "=127.0.0.1")
        .collect(Collectors.joining(","));
  }
}
