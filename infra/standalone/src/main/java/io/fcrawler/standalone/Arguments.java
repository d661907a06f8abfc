package io.fcrawler.standalone;

import io.fcrawler.standalone.Options.Setting;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line, of which nothing is judged yet but whether the options are known. */
@Command(
    name = "standalone.sh",
    description = {
      "Runs all of fcrawler on this machine: Redis, Kafka, the submit API and",
      "crawler workers. Each option may be given by the variable behind it, too.",
      ""
    },
    sortOptions = false,
    sortSynopsis = false,
    footer = {
      "",
      "Other variables (FCRAWLER_ALLOW_PRIVATE ...) reach the API and the workers as",
      "they are. REDIS_SERVER names a redis-server of version 7.0 or later; without",
      "it, one on the PATH is taken, else the one that comes with fcrawler.",
      "FCRAWLER_WORKER_PORT is the first worker's port for health and metrics; without",
      "it, any free ones are taken. REDIS_APPENDFSYNC is when Redis has its file",
      "written to the disk: always, everysec (the default) or no; what each may lose",
      "is told in docs/persistence.md.",
      "",
      "Data and logs outlive the launcher: DIR/redis, DIR/kafka, DIR/logs. A log of",
      "more than 10 MiB becomes NAME.log.1.",
      "Ctrl-C or SIGTERM stop all parts in order: workers (up to 30 s), API, Kafka,",
      "Redis. A part that ends by itself is started again.",
      "",
      "--demo takes free ports and a temporary folder (in TMPDIR), so that of the",
      "options above only --workers goes with it.",
      "",
      "Exit codes: 0 after an orderly stop, or help, or a demo whose numbers add up;",
      "130 or 143 where Ctrl-C or SIGTERM broke off a demo; 1 otherwise, with one line",
      "that says why."
    })
final class Arguments {
  @Option(names = "--port", paramLabel = "PORT", description = "of the API; 3001   [PORT]")
  private @Nullable String port;

  @Option(names = "--redis-port", paramLabel = "PORT", description = "6379   [REDIS_PORT]")
  private @Nullable String redisPort;

  @Option(names = "--kafka-port", paramLabel = "PORT", description = "9092   [KAFKA_PORT]")
  private @Nullable String kafkaPort;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "where everything is kept; volumes/standalone   [FCRAWLER_DATA]")
  private @Nullable String data;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "how many crawler workers; 1   [FCRAWLER_WORKERS]")
  private @Nullable String workers;

  @Option(
      names = "--demo",
      description = {
        "crawls a small built-in site, shows how that goes,",
        "and leaves nothing behind"
      })
  private boolean demo;

  @Option(names = "--train", hidden = true, description = "makes the programs' caches, and ends")
  private boolean training;

  @Option(names = "--help", usageHelp = true, description = "prints this")
  private boolean help;

  /** Reads the command line; an unknown option is a {@link StartFailure}. */
  static Arguments parse(String... args) {
    Arguments arguments = new Arguments();
    try {
      new CommandLine(arguments).setOverwrittenOptionsAllowed(true).parseArgs(args);
      return arguments;
    } catch (CommandLine.UnmatchedArgumentException e) {
      List<String> suggestions = e.getSuggestions();
      String hint = suggestions.isEmpty() ? "" : "; did you mean " + suggestions.getFirst() + "?";
      throw new StartFailure(e.getMessage() + hint + " (--help lists all options)", e);
    } catch (CommandLine.ParameterException e) {
      throw new StartFailure(e.getMessage() + " (--help lists all options)", e);
    }
  }

  boolean isDemo() {
    return demo;
  }

  boolean isTraining() {
    return training;
  }

  boolean isHelp() {
    return help;
  }

  static String help() {
    return new CommandLine(new Arguments()).getUsageMessage();
  }

  Optional<String> value(Setting setting) {
    return Optional.ofNullable(
        switch (setting) {
          case PORT -> port;
          case REDIS_PORT -> redisPort;
          case KAFKA_PORT -> kafkaPort;
          case DATA -> data;
          case WORKERS -> workers;
          case WORKER_PORT, APPEND_FSYNC -> null;
        });
  }
}
