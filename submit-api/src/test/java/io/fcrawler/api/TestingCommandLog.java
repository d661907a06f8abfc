package io.fcrawler.api;

import io.fcrawler.command.Command;
import io.fcrawler.command.Command.Open;
import io.fcrawler.command.CommandLog;
import io.fcrawler.command.CommandLogUnavailableException;
import io.fcrawler.command.Position;
import io.fcrawler.lane.Slots;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.NotedCommand;
import java.util.ArrayList;
import java.util.List;

/** A log in memory, which may be away. Thread-safe. */
final class TestingCommandLog implements CommandLog {
  private final List<Command> commands = new ArrayList<>();
  private boolean away;
  private int applied;

  @Override
  public synchronized void append(Command command) {
    if (away) {
      throw new CommandLogUnavailableException("away", new IllegalStateException("test"));
    }
    commands.add(command);
  }

  synchronized List<Command> commands() {
    return List.copyOf(commands);
  }

  synchronized List<Open> opens() {
    return commands.stream().filter(Open.class::isInstance).map(Open.class::cast).toList();
  }

  synchronized void away(boolean isAway) {
    away = isAway;
  }

  /** Does what a worker does with the commands that came since the last call. */
  synchronized void applyTo(CrawlStore store) {
    for (; applied < commands.size(); applied++) {
      Command command = commands.get(applied);
      Position position = new Position("topic", Slots.of(command.seed().host()), applied);
      store.apply(new NotedCommand(position, command));
    }
  }

  /** Has the commands applied from the first on by the next call. */
  synchronized void rewind() {
    applied = 0;
  }

  @Override
  public synchronized boolean reachable() {
    return !away;
  }

  @Override
  public void close() {}
}
