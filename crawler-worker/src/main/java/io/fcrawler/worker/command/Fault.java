package io.fcrawler.worker.command;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The current reason why commands cannot be read from Kafka; logs one line for each change. Any
 * thread may read it.
 */
final class Fault {
  private static final Logger LOG = LoggerFactory.getLogger(Fault.class);

  private volatile Optional<String> why = Optional.empty();

  Optional<String> why() {
    return why;
  }

  void failed(String reason) {
    if (why.isEmpty()) {
      LOG.warn("Kafka: {}; trying again until it works", reason);
    }
    why = Optional.of(reason);
  }

  void over() {
    if (why.isPresent()) {
      why = Optional.empty();
      LOG.info("Kafka: commands are read again");
    }
  }
}
