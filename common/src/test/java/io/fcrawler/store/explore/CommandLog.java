package io.fcrawler.store.explore;

import io.fcrawler.command.Command;
import io.fcrawler.command.Command.Cancel;
import io.fcrawler.command.Command.Open;
import io.fcrawler.command.Command.Pause;
import io.fcrawler.command.Position;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.NotedCommand;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The log, which forgets nothing: of two seeds, with records that are in it twice. */
final class CommandLog {
  static final String TOPIC = "topic";
  static final int PARTITION = 0;
  private static final Seed A = new Seed("a.example");
  private static final Seed B = new Seed("b.example");
  static final List<Seed> SEEDS = List.of(A, B);

  private static final List<Command> COMMANDS =
      List.of(
          open(A, 1, Optional.empty()),
          new Pause(A, id(1)),
          open(B, 2, Optional.empty()),
          open(B, 2, Optional.empty()),
          new Cancel(A, id(1)),
          new Cancel(A, id(1)),
          open(A, 3, Optional.of(id(1))),
          new Pause(B, id(2)));

  private CommandLog() {}

  private static CrawlId id(int number) {
    return new CrawlId("01890000-0000-7000-8000-00000000000" + number);
  }

  private static Open open(Seed seed, int number, Optional<CrawlId> saw) {
    CrawlOptions options = CrawlOptions.DEFAULT;
    String url = "https://" + seed + "/";
    return new Open(seed, id(number), saw, url, false, options, Instant.EPOCH);
  }

  static int size() {
    return COMMANDS.size();
  }

  static NotedCommand record(int offset) {
    return new NotedCommand(new Position(TOPIC, PARTITION, offset), COMMANDS.get(offset));
  }

  static List<NotedCommand> records(int from, int to) {
    return IntStream.range(from, to).mapToObj(CommandLog::record).toList();
  }

  /** The records as if each command had been given once. */
  static List<NotedCommand> once() {
    return IntStream.range(0, size())
        .filter(offset -> COMMANDS.indexOf(COMMANDS.get(offset)) == offset)
        .mapToObj(CommandLog::record)
        .toList();
  }
}
