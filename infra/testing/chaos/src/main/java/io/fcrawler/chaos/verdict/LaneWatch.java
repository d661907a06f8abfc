package io.fcrawler.chaos.verdict;

import io.fcrawler.chaos.fault.Frozen;
import io.fcrawler.chaos.fleet.Fleet;
import io.fcrawler.chaos.site.SeedSite;
import io.fcrawler.lane.Lane;
import io.fcrawler.testing.web.Visit;
import io.fcrawler.url.Fingerprinter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Looks for two requests of one lane at once, and for two at a host that are closer than its delay.
 *
 * <p>A process that stands still can abort nothing: its requests may be under way when its lease is
 * over, and one that it was just about to send goes out when it moves again. Nothing but the site
 * could refuse these, so they are not counted.
 */
final class LaneWatch {
  /** What a process that moves again needs to see that its lease is over. */
  private static final long AWAKE_NS = TimeUnit.MILLISECONDS.toNanos(50);

  /** Timestamps of the site are its threads', which have to wait for a processor. */
  private static final long NOISE_NS = TimeUnit.MILLISECONDS.toNanos(2);

  private final List<Frozen> frozen;
  private final List<String> problems = new ArrayList<>();
  private Predicate<Visit> older = _ -> false;

  LaneWatch(List<Frozen> frozen) {
    this.frozen = frozen;
  }

  /**
   * Leaves out the delay before each request of an older program: 0.1.0 counts it from where the
   * request before was sent, which a slow machine may see late.
   */
  void leaveOutDelaysBefore(Predicate<Visit> requests) {
    older = requests;
  }

  /** A line for each pair that should not be. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /** Looks at the requests of one seed, of which there is but one crawl. */
  void look(SeedSite site, UUID crawlId, List<Visit> visits) {
    Fingerprinter fingerprinter = new Fingerprinter(crawlId);
    Map<Lane, List<Visit>> lanes = new HashMap<>();
    Map<String, List<Visit>> hosts = new HashMap<>();
    for (Visit visit : visits) {
      long fingerprint = fingerprinter.fingerprint(visit.url());
      lanes
          .computeIfAbsent(
              Lane.of(visit.hostName(), fingerprint, site.connections()), _ -> new ArrayList<>())
          .add(visit);
      hosts.computeIfAbsent(visit.hostName(), _ -> new ArrayList<>()).add(visit);
    }
    lanes.forEach((lane, some) -> alone(lane, some));
    if (site.delayMs() > 0) {
      hosts.values().forEach(some -> apart(TimeUnit.MILLISECONDS.toNanos(site.delayMs()), some));
    }
  }

  private void alone(Lane lane, List<Visit> visits) {
    List<Visit> underWay = new ArrayList<>();
    for (Visit visit : inOrder(visits)) {
      underWay.removeIf(other -> other.endNs() - visit.startNs() <= 0);
      for (Visit other : underWay) {
        if (!excused(other, visit)) {
          problems.add("two requests at once in " + lane.name() + ": " + pair(other, visit));
        }
      }
      underWay.add(visit);
    }
  }

  private void apart(long delayNs, List<Visit> visits) {
    List<Visit> all = inOrder(visits);
    for (int i = 1; i < all.size(); i++) {
      Visit first = all.get(i - 1);
      Visit second = all.get(i);
      if (second.startNs() - first.startNs() < delayNs - NOISE_NS
          && !excused(first, second)
          && !older.test(second)) {
        problems.add("less than the delay: " + pair(first, second));
      }
    }
  }

  private static List<Visit> inOrder(List<Visit> visits) {
    return visits.stream().sorted(Comparator.comparingLong(Visit::startNs)).toList();
  }

  private boolean excused(Visit first, Visit second) {
    return frozen.stream()
        .filter(still -> isOf(still, first) || isOf(still, second))
        .anyMatch(still ->
            still.fromNs() - second.startNs() <= 0
                && still.toNs() + AWAKE_NS - first.startNs() >= 0);
  }

  private static boolean isOf(Frozen still, Visit visit) {
    return visit.agent().equals(Fleet.agent(still.part()));
  }

  private static String pair(Visit first, Visit second) {
    return String.format(
        Locale.ROOT,
        "%s by %s for %.1f ms, %s by %s %.1f ms later",
        first.url(),
        first.agent(),
        (first.endNs() - first.startNs()) / 1e6,
        second.url(),
        second.agent(),
        (second.startNs() - first.startNs()) / 1e6);
  }
}
