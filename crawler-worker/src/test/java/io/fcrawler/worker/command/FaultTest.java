package io.fcrawler.worker.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fcrawler.testing.TestingLog;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it reads all that a class logs")
final class FaultTest {
  private final Fault fault = new Fault();

  @Test
  void aFaultThatLastsIsOneLineAndItsEndAnother() {
    try (TestingLog log = new TestingLog(Fault.class)) {
      fault.over();
      fault.failed("there is no topic a");
      fault.failed("there is no topic b");
      assertEquals(Optional.of("there is no topic b"), fault.why());
      fault.over();
      fault.over();
      assertEquals(Optional.empty(), fault.why());

      assertEquals(
          List.of(
              "WARN Kafka: there is no topic a; trying again until it works",
              "INFO Kafka: commands are read again"),
          log.lines());
    }
  }
}
