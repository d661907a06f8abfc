package io.fcrawler.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fcrawler.seed.Seed;
import io.fcrawler.seed.StartParser;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.ListPage;
import io.fcrawler.store.ListQuery;
import io.fcrawler.store.Progress;
import io.fcrawler.store.Receipt;
import io.fcrawler.store.TroubledHost;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpStatus;

/**
 * {@code /api/fcrawler/seed/{seed}} and what is below it. The seed may be written in any way in
 * which it may be submitted.
 */
final class SeedRoutes {
  private static final String SEED = "/api/fcrawler/seed/{seed}";
  private static final int MOST_TROUBLED = 20;

  private final CrawlStore store;
  private final Controls controls;
  private final TroubledWorkers workers;

  SeedRoutes(CrawlStore store, Controls controls) {
    this.store = store;
    this.controls = controls;
    this.workers = new TroubledWorkers(store, Clock.systemUTC());
  }

  void addTo(RoutesConfig routes) {
    routes.get(SEED, context -> JsonBody.send(context, detail(crawl(seed(context)))));
    routes.get(SEED + "/crawls", context -> JsonBody.send(context, crawls(seed(context))));
    routes.get(
        SEED + "/failures",
        context -> JsonBody.send(context, listed(context, store::failures, Views::failures)));
    routes.get(
        SEED + "/excluded",
        context -> JsonBody.send(context, listed(context, store::exclusions, Views::excluded)));
    routes.get(SEED + "/receipt", context -> JsonBody.send(context, receipt(seed(context))));
    routes.post(SEED + "/pause", context -> control(context, controls::pause));
    routes.post(SEED + "/resume", context -> control(context, controls::resume));
    routes.post(SEED + "/cancel", context -> control(context, controls::cancel));
  }

  private static Seed seed(Context context) {
    return StartParser.seed(context.pathParam("seed"));
  }

  private Progress crawl(Seed seed) {
    return store.progress(seed).orElseThrow(() -> UnknownSeedException.of(seed, store));
  }

  private ObjectNode detail(Progress crawl) {
    List<TroubledHost> troubled =
        crawl.status() == CrawlStatus.QUEUED
            ? List.of() // the store would give those of the crawl before
            : store.troubledHosts(crawl.crawl().seed(), MOST_TROUBLED);
    return Views.progress(
        crawl, troubled, crawl.status() == CrawlStatus.CRAWLING ? workers.get() : List.of());
  }

  private ObjectNode crawls(Seed seed) {
    crawl(seed);
    return Views.crawls(seed, store.crawls(seed));
  }

  private <T> ObjectNode listed(
      Context context,
      BiFunction<Seed, ListQuery, Optional<ListPage<T>>> listing,
      BiFunction<Progress, ListPage<T>, ObjectNode> view) {
    ListQuery query = Query.listing(context);
    Progress crawl = crawl(seed(context));
    Optional<ListPage<T>> page =
        crawl.status() == CrawlStatus.QUEUED
            ? Optional.empty() // the store would list those of the crawl before
            : listing.apply(crawl.crawl().seed(), query);
    return view.apply(crawl, page.orElseGet(ListPage::empty));
  }

  private ObjectNode receipt(Seed seed) {
    Progress crawl = crawl(seed);
    if (crawl.status() == CrawlStatus.QUEUED) {
      return Views.receipt(ofNothing(crawl)); // the store would audit the crawl before
    }
    return Views.receipt(
        store.receipt(seed).orElseThrow(() -> UnknownSeedException.of(seed, store)));
  }

  private static Receipt ofNothing(Progress queued) {
    return new Receipt(queued.crawl(), queued.status(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  private static void control(Context context, Function<Seed, Progress> command) {
    Progress crawl = command.apply(seed(context));
    context.status(HttpStatus.ACCEPTED_202);
    JsonBody.send(context, Views.progress(crawl));
  }
}
