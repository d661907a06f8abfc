package io.fcrawler.worker.torture;

import io.fcrawler.testing.web.Answer;
import io.fcrawler.testing.web.Route;
import java.util.Optional;

/**
 * A route and what must become of its URL.
 *
 * @param target path and query
 * @param route empty where another of the same path answers, or none should be asked
 * @param linked whether the start page links to it; else another route does
 */
record TortureRoute(String target, Optional<Route> route, boolean linked, Expected expected) {

  static TortureRoute of(String target, Route route, Expected expected) {
    return new TortureRoute(target, Optional.of(route), true, expected);
  }

  static TortureRoute of(String target, Answer answer, Expected expected) {
    return of(target, Route.of(answer), expected);
  }

  /** A URL to which another route leads. */
  static TortureRoute found(String target, Expected expected) {
    return new TortureRoute(target, Optional.empty(), false, expected);
  }

  TortureRoute unlinked() {
    return new TortureRoute(target, route, false, expected);
  }

  String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }
}
