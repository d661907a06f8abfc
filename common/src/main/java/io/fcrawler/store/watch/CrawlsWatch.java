package io.fcrawler.store.watch;

import io.fcrawler.ops.Check;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.Damage;
import io.fcrawler.store.StoreUnavailableException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What {@code /health} shows of crawls that cannot end. */
public final class CrawlsWatch {
  private static final int NAMED = 5;

  private CrawlsWatch() {}

  /** A warning while a crawl is damaged; silent where the store does not answer. */
  public static Check check(CrawlStore store) {
    return Check.warning("crawls", () -> problem(store));
  }

  private static Optional<String> problem(CrawlStore store) {
    try {
      Set<Seed> damaged = store.damaged();
      return damaged.isEmpty() ? Optional.empty() : Optional.of(sentence(damaged));
    } catch (StoreUnavailableException e) {
      return Optional.empty();
    }
  }

  private static String sentence(Set<Seed> damaged) {
    String named =
        damaged.stream().map(Seed::id).sorted().limit(NAMED).collect(Collectors.joining(", "));
    String more = damaged.size() > NAMED ? " and %d more".formatted(damaged.size() - NAMED) : "";
    return "crawls cannot end, as parts of their state are gone: %s%s; their progress says what differs. %s"
        .formatted(named, more, Damage.REMEDY);
  }
}
