package io.fcrawler.store.redis;

import io.fcrawler.store.EmptyFinding;
import io.fcrawler.store.EmptyState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is noted in the metadata of a Redis that was found empty; by Redis's own clock. */
final class RedisEmptyState {
  private static final List<String> KEYS = List.of(RedisMetadata.KEY);

  private final Redis redis;

  RedisEmptyState(Redis redis) {
    this.redis = redis;
  }

  boolean note(EmptyFinding finding) {
    List<String> args =
        List.of(
            Long.toString(finding.rest().map(Duration::toMillis).orElse(-1L)),
            Long.toString(finding.commands()),
            Long.toString(finding.oldest().toEpochMilli()));
    return redis.number(Script.EMPTY, KEYS, args) == 1;
  }

  boolean endRest() {
    return redis.number(Script.EMPTY, KEYS, List.of()) == 1;
  }

  Optional<EmptyState> read() {
    List<Object> reply = redis.list(Script.REST, KEYS, List.of());
    if (reply.isEmpty()) {
      return Optional.empty();
    }
    long[] n = reply.stream().mapToLong(value -> (Long) value).toArray();
    return Optional.of(
        new EmptyState(
            Duration.ofMillis(n[0]),
            n[1] < 0,
            Duration.ofMillis(Math.max(0, n[1])),
            n[2],
            Instant.ofEpochMilli(n[3])));
  }
}
