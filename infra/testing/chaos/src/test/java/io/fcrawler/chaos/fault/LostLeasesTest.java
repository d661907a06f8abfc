package io.fcrawler.chaos.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LostLeasesTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final double MUCH = 100 * Runtime.getRuntime().availableProcessors();

  @TempDir private Path folder;
  private LostLeases leases;

  @BeforeEach
  void make() throws IOException {
    leases = new LostLeases(folder);
    String line = Instant.now() + " INFO  [watch] CrawlSession - session 1 of a.example";
    Files.writeString(
        folder.resolve("worker-1.log"),
        line
            + " is over: its lease ended without an answer of the store\n"
            + line
            + " is over: the crawl is done\n");
    Files.writeString(
        folder.resolve("api-1.log"),
        line + " is over: its lease ended without an answer of the store\n");
  }

  @Test
  void onAnOverloadedMachineALostLeaseExcusesWhatWasClaimed() {
    leases.look(0);
    leases.look(MUCH);
    leases.look(0);
    List<Span> spans = leases.spans(SECOND, SECOND);
    assertEquals(1, spans.size(), spans::toString);
    long nowNs = System.nanoTime();
    assertTrue(spans.getFirst().excuses(nowNs, nowNs), spans::toString);
    long longAgoNs = Span.before(nowNs, Duration.ofMinutes(1));
    assertFalse(spans.getFirst().excuses(longAgoNs, longAgoNs), spans::toString);
  }

  @Test
  void onAQuietMachineItIsAFault() {
    leases.look(0);
    assertEquals(List.of(), leases.spans(SECOND, SECOND));
  }
}
