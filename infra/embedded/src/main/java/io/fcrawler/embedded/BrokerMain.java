package io.fcrawler.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka broker as a process: its arguments are its directory, its port on 127.0.0.1, and settings
 * of its own as {@code name=value}. It ends in order on SIGTERM, and half a minute after its
 * standard input ended, which is when whoever started it is gone: its clients notice that, too, and
 * need it for their own orderly end.
 */
public final class BrokerMain {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerMain.class);

  private static final Duration FOR_CLIENTS_TO_END = Duration.ofSeconds(30);

  private BrokerMain() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    EmbeddedKafka kafka;
    try {
      kafka = EmbeddedKafka.start(Path.of(args[0]), Integer.parseInt(args[1]), further(args));
    } catch (EmbeddedServerException e) {
      LOG.error("{}", e.getMessage(), e);
      System.exit(1);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "stop-broker"));
    LOG.info("the broker is ready at {}", kafka.bootstrapServers());
    while (System.in.read() >= 0) {
      LOG.debug("input is not expected");
    }
    LOG.info("the process that started this broker is gone: stopping in {}", FOR_CLIENTS_TO_END);
    Thread.sleep(FOR_CLIENTS_TO_END);
    System.exit(0);
  }

  private static Map<String, String> further(String[] args) {
    return Arrays.stream(args)
        .skip(2)
        .map(setting -> setting.split("=", 2))
        .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
  }
}
