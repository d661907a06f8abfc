package io.fcrawler.store.redis;

import io.fcrawler.seed.Seed;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.SeedPage;
import io.fcrawler.store.SeedQuery;
import io.fcrawler.store.SeedQuery.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The list of seeds: all of them by the time (ms) of their first command, and the same for each
 * status, in sorted sets under {@code {fcrawler}}.
 */
final class RedisSeedList {
  /** Seeds whose status is noted by one call. */
  private static final int AT_ONCE = 500;

  /** Seeds that one call looks at, so that Redis serves others in between. */
  private static final int MOST_LOOKED_AT = 5_000;

  private final Redis redis;

  RedisSeedList(Redis redis) {
    this.redis = redis;
  }

  private static String key(CrawlStatus status) {
    return RedisCommands.SEEDS + ":" + status.word();
  }

  void index(Map<Seed, CrawlStatus> statuses) {
    List<String> keys =
        Stream.concat(
                Stream.of(RedisCommands.SEEDS),
                Stream.of(CrawlStatus.values()).map(RedisSeedList::key))
            .toList();
    List<String> args = new ArrayList<>();
    statuses.forEach((seed, status) -> {
      args.add(seed.id());
      args.add(Integer.toString(keys.indexOf(key(status)) + 1));
    });
    for (int from = 0; from < args.size(); from += 2 * AT_ONCE) {
      int to = Math.min(from + 2 * AT_ONCE, args.size());
      redis.number(Script.INDEX, keys, args.subList(from, to));
    }
  }

  SeedPage list(SeedQuery query) {
    String key = query.status().map(RedisSeedList::key).orElse(RedisCommands.SEEDS);
    List<String> args =
        List.of(
            query.after().map(place -> Long.toString(place.timeMs())).orElse(""),
            query.after().map(Place::seed).orElse(""),
            query.part(),
            Integer.toString(query.limit()),
            Integer.toString(MOST_LOOKED_AT));
    List<Object> reply = redis.list(Script.LIST, List.of(key), args);
    String timeMs = (String) reply.getFirst();
    Optional<Place> next =
        timeMs.isEmpty()
            ? Optional.empty()
            : Optional.of(new Place(Long.parseLong(timeMs), (String) reply.get(1)));
    return new SeedPage(reply.stream().skip(2).map(id -> new Seed((String) id)).toList(), next);
  }
}
