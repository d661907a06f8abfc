package io.fcrawler.cli;

import io.fcrawler.cli.exit.ExitCodes;
import io.fcrawler.cli.exit.UsageException;
import io.fcrawler.cli.pages.PageTopic;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fcrawler pages}. */
@Command(
    name = "pages",
    description = {
      "Prints page records from Kafka as they come.",
      "One JSON object per line, with or without --json. Ends on Ctrl-C, or by --max.",
      "KAFKA_SECURITY_PROTOCOL, KAFKA_SASL_... and KAFKA_SSL_CA_FILE hold here, too."
    },
    exitCodeList = {
      "0:fine",
      "1:Kafka has no topic of page records",
      "2:wrong usage",
      "3:Kafka is not reachable"
    })
final class PagesCommand extends BaseCommand {
  private static final String USUAL = "127.0.0.1:9092";

  @Parameters(
      paramLabel = "SEED",
      arity = "0..1",
      description = "those of this seed alone, spelled as fcrawler list has it; all")
  private @Nullable String seed;

  @Option(names = "--from-beginning", description = "all that Kafka still has, then what comes")
  private boolean fromBeginning;

  @Option(names = "--max", paramLabel = "N", description = "ends after so many; no limit")
  private long max = Long.MAX_VALUE;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT,...",
      description = USUAL + "   [KAFKA_BOOTSTRAP_SERVERS]")
  private @Nullable String kafka;

  PagesCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    if (max < 1) {
      throw new UsageException("--max must be at least 1, not " + max);
    }
    try (PageTopic topic = PageTopic.open(servers(), session().env())) {
      topic.follow(fromBeginning, Optional.ofNullable(seed), max, output());
    }
    return ExitCodes.FINE;
  }

  private String servers() {
    String servers =
        kafka != null ? kafka : session().env().getOrDefault("KAFKA_BOOTSTRAP_SERVERS", "");
    return servers.isBlank() ? USUAL : servers.strip();
  }
}
