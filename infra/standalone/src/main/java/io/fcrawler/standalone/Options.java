package io.fcrawler.standalone;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the launcher is asked to do. An option comes before its environment variable, and an empty
 * variable counts as none.
 *
 * @param apiPort of the submit API, 1 to 65535
 * @param workers how many crawler workers; 0 or more
 * @param workerPort the first worker's port for health and metrics, the others' follow; 0 for any
 *     free ones
 * @param appendFsync when Redis has its append-only file written to the disk, as it names that
 */
record Options(
    int apiPort,
    int redisPort,
    int kafkaPort,
    Path data,
    int workers,
    int workerPort,
    String appendFsync) {
  private static final String EVERY_SECOND = "everysec";
  private static final List<String> APPEND_FSYNC = List.of("always", EVERY_SECOND, "no");
  private static final int MOST_WORKERS = 64;
  private static final int LAST_PORT = 65_535;

  /**
   * Merges the command line with the environment.
   *
   * @param defaultData the data folder where none is named
   * @throws StartFailure that names the option or variable that can't be used
   */
  static Options of(Arguments arguments, Map<String, String> env, Path defaultData) {
    Source source = new Source(arguments, env);
    Options options =
        new Options(
            source.number(Setting.PORT, 3001, 1, LAST_PORT),
            source.number(Setting.REDIS_PORT, 6379, 1, LAST_PORT),
            source.number(Setting.KAFKA_PORT, 9092, 1, LAST_PORT),
            source.folder(defaultData),
            source.number(Setting.WORKERS, 1, 0, MOST_WORKERS),
            source.number(Setting.WORKER_PORT, 0, 0, LAST_PORT - MOST_WORKERS),
            source.word(Setting.APPEND_FSYNC, EVERY_SECOND, APPEND_FSYNC));
    options.checkPortsDiffer();
    return options;
  }

  /**
   * For a demonstration: on free ports, and in a folder of its own.
   *
   * @throws StartFailure that names the option that doesn't go with it
   */
  static Options forDemo(Arguments arguments, Map<String, String> env, Path folder) {
    for (Setting setting : Setting.values()) {
      if (setting != Setting.WORKERS && arguments.value(setting).isPresent()) {
        throw new StartFailure(
            "--demo takes free ports and a temporary folder: leave out " + setting.option());
      }
    }
    int workers = new Source(arguments, env).number(Setting.WORKERS, 1, 1, MOST_WORKERS);
    List<Integer> ports = Ports.anyFree(3);
    return new Options(ports.get(0), ports.get(1), ports.get(2), folder, workers, 0, EVERY_SECOND);
  }

  private void checkPortsDiffer() {
    Map<Integer, Setting> seen = new HashMap<>();
    for (NamedPort port : ports()) {
      Setting other = seen.put(port.number(), port.setting());
      if (other != null) {
        throw new StartFailure(
            "%s and %s are both %d: give each a port of its own"
                .formatted(other.names(), port.setting().names(), port.number()));
      }
    }
  }

  /** A port that is to be listened on, and the setting that changes it. */
  record NamedPort(Setting setting, int number) {}

  /** All ports that were chosen, which thus must be free. */
  List<NamedPort> ports() {
    List<NamedPort> ports = new ArrayList<>();
    ports.add(new NamedPort(Setting.PORT, apiPort));
    ports.add(new NamedPort(Setting.REDIS_PORT, redisPort));
    ports.add(new NamedPort(Setting.KAFKA_PORT, kafkaPort));
    for (int i = 0; i < workers && workerPort != 0; i++) {
      ports.add(new NamedPort(Setting.WORKER_PORT, workerPort + i));
    }
    return ports;
  }

  /** A setting's names: the option, if it has one, and the environment variable. */
  enum Setting {
    PORT("--port", "PORT"),
    REDIS_PORT("--redis-port", "REDIS_PORT"),
    KAFKA_PORT("--kafka-port", "KAFKA_PORT"),
    DATA("--data", "FCRAWLER_DATA"),
    WORKERS("--workers", "FCRAWLER_WORKERS"),
    WORKER_PORT("", "FCRAWLER_WORKER_PORT"),
    APPEND_FSYNC("", "REDIS_APPENDFSYNC");

    private final String option;
    private final String variable;

    Setting(String option, String variable) {
      this.option = option;
      this.variable = variable;
    }

    String option() {
      return option;
    }

    String variable() {
      return variable;
    }

    String names() {
      return option.isEmpty() ? variable : option + " (" + variable + ")";
    }
  }

  private record Source(Arguments arguments, Map<String, String> env) {
    private record Value(String name, String text) {}

    private Optional<Value> value(Setting setting) {
      return arguments
          .value(setting)
          .map(text -> new Value(setting.option, text))
          .or(() ->
              Optional.ofNullable(env.get(setting.variable))
                  .map(String::strip)
                  .filter(text -> !text.isEmpty())
                  .map(text -> new Value(setting.variable, text)));
    }

    int number(Setting setting, int otherwise, int least, int most) {
      return value(setting).map(value -> number(value, least, most)).orElse(otherwise);
    }

    private static int number(Value value, int least, int most) {
      boolean digits = value.text.matches("\\d{1,9}");
      int number = digits ? Integer.parseInt(value.text) : -1;
      if (number < least || number > most) {
        throw new StartFailure(
            "%s is '%s': it must be a whole number from %d to %d"
                .formatted(value.name, shown(value.text), least, most));
      }
      return number;
    }

    String word(Setting setting, String otherwise, List<String> words) {
      return value(setting).map(value -> word(value, words)).orElse(otherwise);
    }

    private static String word(Value value, List<String> words) {
      if (!words.contains(value.text)) {
        throw new StartFailure(
            "%s is '%s': it must be one of %s"
                .formatted(value.name, shown(value.text), String.join(", ", words)));
      }
      return value.text;
    }

    Path folder(Path otherwise) {
      return value(Setting.DATA).map(Source::folder).orElse(otherwise);
    }

    private static Path folder(Value value) {
      try {
        return Path.of(value.text).toAbsolutePath().normalize();
      } catch (InvalidPathException e) {
        throw new StartFailure(
            "%s is '%s', which is no folder's name".formatted(value.name, shown(value.text)), e);
      }
    }

    private static String shown(String text) {
      String cut = text.length() > 100 ? text.substring(0, 100) + "..." : text;
      return cut.replaceAll("\\p{Cntrl}", "?");
    }
  }
}
