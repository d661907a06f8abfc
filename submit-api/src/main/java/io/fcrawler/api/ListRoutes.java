package io.fcrawler.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.SeedQuery;
import io.fcrawler.store.SeedQuery.Place;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.text.Normalizer;
import java.time.Clock;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Listings of what there is: {@code /api/fcrawler/seeds} and {@code /api/fcrawler/workers}. */
final class ListRoutes {
  private final CrawlStore store;
  private final SeedSearch search;

  ListRoutes(CrawlStore store, LongSupplier nanos) {
    this.store = store;
    this.search = new SeedSearch(store, nanos);
  }

  void addTo(RoutesConfig routes) {
    routes.get("/api/fcrawler/seeds", context -> JsonBody.send(context, seeds(context)));
    routes.get(
        "/api/fcrawler/workers",
        context -> JsonBody.send(context, Views.workers(store.workers().all(), Clock.systemUTC())));
  }

  private ObjectNode seeds(Context context) {
    Optional<CrawlStatus> status = Query.status(context);
    String part = part(Objects.requireNonNullElse(context.queryParam("q"), ""));
    int limit = Query.limit(context);
    Optional<Place> after = Optional.ofNullable(context.queryParam("cursor")).map(SeedCursor::read);
    return listed(search.find(new SeedQuery(status, part, limit, after)));
  }

  /** As ids and names of seeds have it: in lower case, a letter and its accent as one character. */
  private static String part(String text) {
    return Normalizer.normalize(text.strip().toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
  }

  private static ObjectNode listed(SeedSearch.Found found) {
    ObjectNode json = Views.object();
    ArrayNode seeds = json.putArray("seeds");
    found.crawls().forEach(crawl -> seeds.add(Views.progress(crawl)));
    found.next().ifPresent(place -> json.put("cursor", SeedCursor.of(place)));
    return json;
  }
}
