package io.fcrawler.chaos.fault;

import io.fcrawler.chaos.fault.Fault.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A fixed sequence of faults with a name. Each begins at its moment of the crawl, and is put right
 * before the next; so what each one may cost is known.
 *
 * @param about what it shows
 * @param workers of the fleet
 * @param times how often the usual size the two large sites have
 */
public record Scenario(String name, String about, int workers, int times, List<Step> steps)
    implements Plan {
  public Scenario {
    steps = List.copyOf(steps);
  }

  /** When a step is due. */
  public enum Moment {
    /** So many percent of all URLs were requested, and workers have claims. */
    REQUESTED,

    /** The small crawl is done. */
    SMALL_DONE
  }

  /**
   * A fault and its moment.
   *
   * @param percent of {@link Moment#REQUESTED}; else 0
   */
  public record Step(Moment moment, int percent, Fault fault) {
    @Override
    public String toString() {
      String when =
          moment == Moment.REQUESTED
              ? String.format(Locale.ROOT, "at %d %%", percent)
              : "when the small crawl is done";
      return when + ": " + fault.what();
    }
  }

  /** All there are. */
  public static List<Scenario> all() {
    return List.of(
        new Scenario(
            "stop-everything",
            "All parts are stopped in order, after a crawl and in the midst of one: no number"
                + " changes, no request is repeated.",
            3,
            2,
            List.of(
                onceSmallIsDone(part(Kind.TERM, Fault.EVERYTHING, 0)),
                at(60, part(Kind.TERM, Fault.EVERYTHING, 0)))),
        new Scenario(
            "kill-everything",
            "All parts at once and each part alone are killed by kill -9 in the midst of a crawl.",
            1,
            4,
            List.of(
                onceSmallIsDone(part(Kind.KILL, Fault.EVERYTHING, 0)),
                onceSmallIsDone(new Fault(Kind.RESUBMIT, 0, 0, "", 0)),
                at(30, part(Kind.KILL, "worker-1", 0)),
                at(40, part(Kind.KILL, "api-1", 0)),
                at(50, part(Kind.KILL, "redis", 0)),
                at(60, part(Kind.KILL, "kafka", 0)),
                at(70, part(Kind.KILL, Fault.EVERYTHING, 0)))),
        new Scenario(
            "damage",
            "A worker stands still for longer than its session; power failures cut off and garble"
                + " the end of Redis's file.",
            1,
            4,
            List.of(
                at(25, part(Kind.FREEZE, "worker-1", 14_000)),
                at(40, tail(Kind.TAIL_CUT, 200_000)),
                at(60, tail(Kind.TAIL_GARBLED, 100_000)))));
  }

  /** The one of this name. */
  public static Optional<Scenario> named(String name) {
    return all().stream().filter(scenario -> scenario.name().equals(name)).findFirst();
  }

  private static Step at(int percent, Fault fault) {
    return new Step(Moment.REQUESTED, percent, fault);
  }

  private static Step onceSmallIsDone(Fault fault) {
    return new Step(Moment.SMALL_DONE, 0, fault);
  }

  private static Fault part(Kind kind, String target, int lastsMs) {
    return new Fault(kind, 0, lastsMs, target, 0);
  }

  private static Fault tail(Kind kind, int bytes) {
    return new Fault(kind, 0, 0, Fault.EVERYTHING, bytes);
  }

  @Override
  public List<String> lines() {
    return steps.stream().map(Step::toString).toList();
  }

  @Override
  public List<String> kinds() {
    return steps.stream().map(step -> step.fault().kind().title()).toList();
  }
}
