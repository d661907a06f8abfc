package io.fcrawler.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BoundedLinesTest {
  private static final String KAFKA = "org.apache.kafka.clients.consumer.internals.FetchCollector";

  private final AtomicLong nowNs = new AtomicLong();
  private final BoundedLines lines = new BoundedLines(nowNs::get);
  private final LoggerContext context = new LoggerContext();

  private boolean logged(String logger, String message) {
    LoggingEvent event =
        new LoggingEvent(
            getClass().getName(), context.getLogger(logger), Level.WARN, message, null, null);
    return lines.decide(event) == FilterReply.NEUTRAL;
  }

  private long logged(String logger, int times) {
    return IntStream.range(0, times).filter(i -> logged(logger, "partition " + i)).count();
  }

  @Test
  void aLibrarysLinesAreBoundedAndAfterAWhileThereMayBeMore() {
    assertEquals(BoundedLines.MOST, logged(KAFKA, 10_500));
    assertEquals(1, logged("org.eclipse.jetty.server", 1), "another logger has lines of its own");
    nowNs.addAndGet(BoundedLines.SPAN_NS);
    assertEquals(BoundedLines.MOST, logged(KAFKA, 10_500));
  }

  @Test
  void linesOfThisProgramAreAllThere() {
    assertEquals(1000, logged("io.fcrawler.worker.Worker", 1000));
  }

  @Test
  void anOffsetThatIsNotCommittedInARebalanceIsNoNews() {
    String coordinator = "org.apache.kafka.clients.consumer.internals.ConsumerCoordinator";
    assertEquals(
        false,
        logged(
            coordinator,
            "[Consumer clientId=a, groupId=fcrawler-workers] Offset commit failed on partition"
                + " fcrawler.commands-17 at offset 1: The group is rebalancing"));
    assertEquals(true, logged(coordinator, "another"));
  }
}
