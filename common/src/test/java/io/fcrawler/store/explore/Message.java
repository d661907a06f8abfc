package io.fcrawler.store.explore;

import io.fcrawler.command.Position;
import io.fcrawler.store.Applied;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.NoteRequest;
import io.fcrawler.store.NotedCommand;
import java.util.Optional;

/** A call of the commands' path. */
sealed interface Message {
  Reply run(CrawlStore store);

  /**
   * What the store answers.
   *
   * @param unchanged whether it says that nothing was done
   * @param stored the stored offset, where that was not the expected one
   */
  record Reply(boolean unchanged, Optional<Long> stored) {}

  record Note(NoteRequest request) implements Message {
    @Override
    public Reply run(CrawlStore store) {
      Optional<Long> stored = store.note(request);
      return new Reply(stored.isPresent(), stored);
    }

    @Override
    public String toString() {
      return "note of " + request.expected() + " to " + request.next();
    }
  }

  record Apply(NotedCommand command, Optional<Position> after) implements Message {
    @Override
    public Reply run(CrawlStore store) {
      Applied verdict = store.apply(command, after);
      boolean unchanged = verdict == Applied.REPEATED || verdict == Applied.EARLY;
      return new Reply(unchanged, Optional.empty());
    }

    @Override
    public String toString() {
      return "apply of " + command.position().offset();
    }
  }
}
