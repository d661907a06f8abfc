package io.fcrawler.chaos.fleet;

import io.fcrawler.embedded.FurtherListener;
import io.fcrawler.embedded.KafkaProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The broker. */
public final class KafkaPart extends Part {
  private final KafkaProcess kafka;

  /** Starts it. */
  KafkaPart(Path directory, int port, List<FurtherListener> listeners) {
    super("kafka");
    this.kafka = KafkaProcess.start(directory, port, listeners);
  }

  /** Where it is reached without any link. */
  public String servers() {
    return kafka.bootstrapServers();
  }

  @Override
  public void start() {
    kafka.restart();
  }

  @Override
  public void kill() {
    kafka.kill();
  }

  @Override
  public void stop(Duration most) {
    kafka.close();
  }

  @Override
  ProcessHandle process() {
    return kafka.process();
  }
}
