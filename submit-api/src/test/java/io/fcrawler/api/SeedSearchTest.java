package io.fcrawler.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.SeedPage;
import io.fcrawler.store.SeedQuery;
import io.fcrawler.store.SeedQuery.Place;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** On a store in which nothing is found, and whose list has no end. */
class SeedSearchTest {
  private final CrawlStore endless =
      (CrawlStore)
          Proxy.newProxyInstance(
              CrawlStore.class.getClassLoader(),
              new Class<?>[] {CrawlStore.class},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "list" -> next((SeedQuery) arguments[0]);
                    case "progress" -> Map.of();
                    default -> throw new AssertionError(method.getName());
                  });
  private long nowNs;

  @Test
  void itGivesUpAfterAWhileAndSaysWhereToGoOn() {
    SeedSearch search = new SeedSearch(endless, () -> nowNs);

    SeedSearch.Found found =
        search.find(new SeedQuery(Optional.empty(), "x", 10, Optional.of(new Place(5, "a"))));

    assertEquals(List.of(), found.crawls());
    assertEquals(Optional.of(new Place(7, "a")), found.next());
  }

  /** Takes 15 ms. */
  private SeedPage next(SeedQuery query) {
    nowNs += TimeUnit.MILLISECONDS.toNanos(15);
    return new SeedPage(
        List.of(), query.after().map(place -> new Place(place.timeMs() + 1, place.seed())));
  }
}
