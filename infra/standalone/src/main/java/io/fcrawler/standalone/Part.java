package io.fcrawler.standalone;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A program that the launcher keeps running.
 *
 * @param name for lines, files and the user; unique
 * @param tier when it is started and stopped
 * @param launch how to start it, asked before each start
 * @param repair what can be done about a start that failed, given what the program wrote: does it
 *     and says so in a line, or is empty where nothing can be done
 */
record Part(
    String name, Tier tier, Supplier<Launch> launch, Function<String, Optional<String>> repair) {

  /**
   * Parts are started with those of their phase, phase by phase, and stopped tier by tier, the last
   * one first.
   */
  enum Tier {
    REDIS(1, Duration.ofSeconds(20)),
    KAFKA(1, Duration.ofSeconds(20)),
    API(2, Duration.ofSeconds(10)),
    WORKER(2, Duration.ofSeconds(35));

    static final int PHASES = 2;

    private final int phase;
    private final Duration stopGrace;

    Tier(int phase, Duration stopGrace) {
      this.phase = phase;
      this.stopGrace = stopGrace;
    }

    int phase() {
      return phase;
    }

    /** How long a part may take to end in order before it is killed. */
    Duration stopGrace() {
      return stopGrace;
    }
  }

  /** How far a started part is. */
  enum Readiness {
    READY,
    /** At work on its data: it may take as long as it needs. */
    WORKING,
    NOT_YET
  }

  /** Asks a part how far it is. */
  interface Check {
    Readiness of(ProcessHandle process);
  }

  /**
   * One start of a part.
   *
   * @param environment the whole of it
   * @param where what to tell the user when it is ready, for example its address
   */
  record Launch(List<String> command, Map<String, String> environment, Check check, String where) {
    Launch {
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
    }
  }

  static Part of(String name, Tier tier, Supplier<Launch> launch) {
    return new Part(name, tier, launch, written -> Optional.empty());
  }
}
