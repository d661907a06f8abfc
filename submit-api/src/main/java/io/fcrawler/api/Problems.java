package io.fcrawler.api;

import io.fcrawler.command.CommandLogUnavailableException;
import io.fcrawler.http.Problem;
import io.fcrawler.seed.BadInputException;
import io.fcrawler.store.IncompatibleStoreException;
import io.fcrawler.store.StoreUnavailableException;
import io.javalin.config.RoutesConfig;
import java.time.Duration;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which problem each of the API's exceptions is answered by. */
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private Problems() {}

  static void addTo(RoutesConfig routes) {
    routes.exception(
        BadInputException.class,
        (e, context) -> Problem.ofField(e.field(), String.valueOf(e.getMessage())).send(context));
    routes.exception(
        UnknownSeedException.class,
        (e, context) ->
            new Problem(HttpStatus.NOT_FOUND_404, String.valueOf(e.getMessage())).send(context));
    routes.exception(
        WrongStateException.class,
        (e, context) ->
            new Problem(HttpStatus.CONFLICT_409, String.valueOf(e.getMessage())).send(context));
    routes.exception(
        IncompatibleStoreException.class,
        (e, context) -> {
          LOG.warn("Answered 503: {}", e.getMessage());
          Problem.unavailable("This is not known here: " + e.getMessage() + ".", RETRY_AFTER)
              .send(context);
        });
    routes.exception(
        StoreUnavailableException.class,
        (e, context) -> {
          LOG.warn("Answered 503: {}", e.getMessage());
          Problem.unavailable("Redis does not answer, so this is not known now.", RETRY_AFTER)
              .send(context);
        });
    routes.exception(
        CommandLogUnavailableException.class,
        (e, context) -> {
          LOG.warn("Answered 503: {}", e.getMessage());
          Problem.unavailable(
                  "Kafka does not answer, so nothing can be taken now; the same request may be"
                      + " made again.",
                  RETRY_AFTER)
              .send(context);
        });
  }
}
