package io.fcrawler.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.EmptyState;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /api/fcrawler/recrawl}: lets workers crawl all anew, who found Redis empty and wait.
 */
final class RecrawlRoute {
  private static final Logger LOG = LoggerFactory.getLogger(RecrawlRoute.class);

  private final CrawlStore store;

  RecrawlRoute(CrawlStore store) {
    this.store = store;
  }

  void addTo(RoutesConfig routes) {
    routes.post("/api/fcrawler/recrawl", this::recrawl);
  }

  private void recrawl(Context context) {
    if (!store.endRest()) {
      throw new WrongStateException("No worker waits: Redis was not found empty, or that is over.");
    }
    LOG.info("Redis was found empty: all is crawled anew from now on");
    ObjectNode json = Views.object();
    store.emptyState().ifPresent(found -> describe(json, found));
    JsonBody.send(context, json);
  }

  private static void describe(ObjectNode json, EmptyState found) {
    json.put("commands", found.commands()).put("oldest", found.oldest().toString());
  }
}
