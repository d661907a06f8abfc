package io.fcrawler.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.Progress;
import io.fcrawler.store.SeedPage;
import io.fcrawler.store.SeedQuery;
import io.fcrawler.store.SeedQuery.Place;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Listings of what there is: {@code /api/fcrawler/seeds} and {@code /api/fcrawler/workers}. */
final class ListRoutes {
  /** Parts of the list that one request looks at; the rest is for the next page. */
  private static final int MOST_LOOKS = 20;

  private final CrawlStore store;

  ListRoutes(CrawlStore store) {
    this.store = store;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/api/fcrawler/seeds", context -> JsonBody.send(context, seeds(context)));
    routes.get(
        "/api/fcrawler/workers",
        context -> JsonBody.send(context, Views.workers(store.workers().all(), Clock.systemUTC())));
  }

  private ObjectNode seeds(Context context) {
    Optional<CrawlStatus> status = Query.status(context);
    String part =
        Objects.requireNonNullElse(context.queryParam("q"), "").strip().toLowerCase(Locale.ROOT);
    int limit = Query.limit(context);
    Optional<Place> after = Optional.ofNullable(context.queryParam("cursor")).map(SeedCursor::read);
    List<Progress> found = new ArrayList<>();
    for (int look = 0; look < MOST_LOOKS && found.size() < limit; look++) {
      SeedPage page = store.list(new SeedQuery(status, part, limit - found.size(), after));
      found.addAll(current(page.seeds(), status));
      after = page.next();
      if (after.isEmpty()) {
        break;
      }
    }
    return listed(found, after);
  }

  /** The progress of seeds; without those whose status is another by now. */
  private List<Progress> current(List<Seed> seeds, Optional<CrawlStatus> status) {
    return store.progress(seeds).values().stream()
        .filter(crawl -> status.isEmpty() || status.get() == crawl.status())
        .toList();
  }

  private static ObjectNode listed(List<Progress> found, Optional<Place> next) {
    ObjectNode json = Views.object();
    ArrayNode seeds = json.putArray("seeds");
    found.forEach(crawl -> seeds.add(Views.progress(crawl)));
    next.ifPresent(place -> json.put("cursor", SeedCursor.of(place)));
    return json;
  }
}
