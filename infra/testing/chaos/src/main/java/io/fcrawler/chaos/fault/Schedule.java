package io.fcrawler.chaos.fault;

import io.fcrawler.chaos.fault.Fault.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** The faults of a run, in the order of their times. */
public final class Schedule implements Plan {
  private static final int WINDOW_MS = 15_000;
  private static final int LEAST = 4;
  private static final int MOST = 9;
  private static final List<String> PROCESSES =
      List.of("redis", "kafka", "api-1", "worker-1", "worker-2", "worker-3");
  private static final List<String> CLIENTS = List.of("api-1", "worker-1", "worker-2", "worker-3");

  /** Often those that take most to be right. */
  private static final List<Kind> KINDS =
      List.of(
          Kind.KILL,
          Kind.KILL,
          Kind.KILL,
          Kind.TERM,
          Kind.TERM,
          Kind.FREEZE,
          Kind.FREEZE,
          Kind.FREEZE,
          Kind.TAIL_CUT,
          Kind.TAIL_CUT,
          Kind.TAIL_ZEROED,
          Kind.OLD_BACKUP,
          Kind.OLD_BACKUP,
          Kind.CUT,
          Kind.CUT,
          Kind.SLOW,
          Kind.SLOW,
          Kind.SILENT,
          Kind.SILENT,
          Kind.FULL_MEMORY,
          Kind.FULL_DISK,
          Kind.JOIN_THEN_KILL,
          Kind.JOIN_THEN_TERM,
          Kind.PAUSE);

  private final List<Fault> faults;

  private Schedule(List<Fault> faults) {
    this.faults = faults.stream().sorted(Comparator.comparingInt(Fault::atMs)).toList();
  }

  /** The same for equal numbers. */
  public static Schedule draw(Random random) {
    List<Fault> faults = new ArrayList<>();
    int count = LEAST + random.nextInt(MOST - LEAST + 1);
    for (int i = 0; i < count; i++) {
      faults.add(fault(KINDS.get(random.nextInt(KINDS.size())), random));
    }
    if (random.nextInt(3) > 0) {
      faults.add(new Fault(Kind.RESUBMIT, 0, 0, "", 0));
    }
    return new Schedule(faults);
  }

  private static Fault fault(Kind kind, Random random) {
    int at = random.nextInt(WINDOW_MS);
    return switch (kind) {
      case KILL, TERM -> new Fault(kind, at, random.nextInt(3000), any(PROCESSES, random), 0);
      case FREEZE -> frozen(at, any(PROCESSES, random), random);
      case TAIL_CUT, TAIL_ZEROED ->
          new Fault(kind, at, random.nextInt(2000), "redis", bytes(random));
      case OLD_BACKUP -> new Fault(kind, at, 0, "", random.nextInt(Math.max(1, at)));
      case CUT, SLOW, SILENT ->
          new Fault(kind, at, 500 + random.nextInt(9000), link(random), 50 + random.nextInt(1950));
      case FULL_MEMORY, FULL_DISK -> new Fault(kind, at, 500 + random.nextInt(5000), "", 0);
      case JOIN_THEN_KILL, JOIN_THEN_TERM ->
          new Fault(kind, at, 3000 + random.nextInt(9000), "", 0);
      case PAUSE, RESUBMIT -> new Fault(kind, at, 500 + random.nextInt(5000), "", 0);
      case TAIL_GARBLED -> throw new IllegalStateException("is not drawn");
    };
  }

  /** A worker for longer than its session; the others would only be away. */
  private static Fault frozen(int at, String target, Random random) {
    int lasts = target.startsWith("worker") ? 6500 + random.nextInt(4000) : random.nextInt(8000);
    return new Fault(Kind.FREEZE, at, lasts, target, 0);
  }

  /** As likely few as many. */
  private static int bytes(Random random) {
    return 1 << random.nextInt(19) | random.nextInt(1 << 10);
  }

  private static String link(Random random) {
    return any(CLIENTS, random) + "-" + (random.nextBoolean() ? "redis" : "kafka");
  }

  private static String any(List<String> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }

  List<Fault> faults() {
    return faults;
  }

  @Override
  public List<String> kinds() {
    return faults.stream().map(fault -> fault.kind().title()).toList();
  }

  /** All kinds that may be drawn, in order. */
  public static List<String> allKinds() {
    return Stream.of(Kind.values())
        .filter(kind -> KINDS.contains(kind) || kind == Kind.RESUBMIT)
        .map(Kind::title)
        .toList();
  }

  @Override
  public List<String> lines() {
    return faults.stream().map(Fault::toString).toList();
  }
}
