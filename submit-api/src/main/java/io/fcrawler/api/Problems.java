package io.fcrawler.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fcrawler.command.CommandLogUnavailableException;
import io.fcrawler.http.Problem;
import io.fcrawler.ops.Presence;
import io.fcrawler.seed.BadInputException;
import io.fcrawler.store.IncompatibleStoreException;
import io.fcrawler.store.NotPermittedException;
import io.fcrawler.store.StoreUnavailableException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which problem each of the API's exceptions is answered by. */
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  /** After which without a refusal the same one is news again. */
  private static final Duration FORGOTTEN = Duration.ofMinutes(10);

  private final Presence redis;
  private final Presence kafka;
  private final Cache<String, Boolean> refusals =
      Caffeine.newBuilder().maximumSize(100).expireAfterAccess(FORGOTTEN).build();

  Problems(Presence redis, Presence kafka) {
    this.redis = redis;
    this.kafka = kafka;
  }

  void addTo(RoutesConfig routes) {
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
    routes.exception(NotPermittedException.class, this::notPermitted);
    routes.exception(IncompatibleStoreException.class, this::incompatible);
    routes.exception(StoreUnavailableException.class, this::redisAway);
    routes.exception(CommandLogUnavailableException.class, this::kafkaAway);
  }

  private void notPermitted(NotPermittedException e, Context context) {
    String refusal = String.valueOf(e.getMessage());
    if (refusals.asMap().put(refusal, true) == null) {
      LOG.error("Redis refuses what this program needs of it: {}", refusal);
    }
    Problem.unavailable(
            "Redis refuses what this program needs of it, until its operator allows it: " + refusal,
            RETRY_AFTER)
        .send(context);
  }

  private void incompatible(IncompatibleStoreException e, Context context) {
    redis.away(String.valueOf(e.getMessage()));
    Problem.unavailable("This is not known here: " + e.getMessage() + ".", RETRY_AFTER)
        .send(context);
  }

  private void redisAway(StoreUnavailableException e, Context context) {
    redis.away(String.valueOf(e.getMessage()));
    Problem.unavailable("Redis does not answer, so this is not known now.", RETRY_AFTER)
        .send(context);
  }

  private void kafkaAway(CommandLogUnavailableException e, Context context) {
    kafka.away(String.valueOf(e.getMessage()));
    Problem.unavailable(
            "Kafka does not answer, so nothing can be taken now; the same request may be made"
                + " again.",
            RETRY_AFTER)
        .send(context);
  }
}
