package io.fcrawler.chaos.fault;

import io.fcrawler.chaos.fleet.Fleet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Leases that ended on a machine that is too slow, by what the workers log: a process that gets no
 * processor for a session timeout cannot renew its leases, and what it had claimed is claimed
 * again. Where the machine was not overloaded, nothing is excused so.
 */
final class LostLeases {
  private static final String ENDED = " is over: its lease ended without an answer of the store";

  /** Runnable processes for each processor. */
  private static final double OVERLOAD = 2;

  private final Path folder;
  private final long zeroNs = System.nanoTime();
  private final Instant zero = Instant.now();
  private volatile boolean overloaded;

  /**
   * @param folder of the workers' logs
   */
  LostLeases(Path folder) {
    this.folder = folder;
  }

  /** To be called now and then while the run lasts. */
  void lookAtLoad() {
    look(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  /** Takes the machine's load average. */
  void look(double load) {
    overloaded |= load > OVERLOAD * Runtime.getRuntime().availableProcessors();
  }

  /** Where requests may have been in vain for each of them. */
  List<Span> spans(Duration reach, Duration aftermath) {
    if (!overloaded) {
      return List.of();
    }
    List<Span> spans = new ArrayList<>();
    for (String line : lines()) {
      long atNs = zeroNs + Duration.between(zero, Instant.parse(line.split(" ", 2)[0])).toNanos();
      long fromNs = Span.before(atNs, Fleet.SESSION_TIMEOUT.plus(reach));
      spans.add(
          new Span(
              "a lease that ended on an overloaded machine", fromNs, atNs + aftermath.toNanos()));
    }
    return spans;
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path log : files.filter(LostLeases::isOfAWorker).toList()) {
        Files.readAllLines(log).stream().filter(line -> line.endsWith(ENDED)).forEach(lines::add);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }

  private static boolean isOfAWorker(Path file) {
    return file.getFileName().toString().matches("(worker-.*|joiner)\\.log");
  }
}
