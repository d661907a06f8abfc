package io.fcrawler.store.redis;

import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.Exclusion;
import io.fcrawler.store.Failure;
import io.fcrawler.store.ListPage;
import io.fcrawler.store.ListQuery;
import io.fcrawler.store.redis.SeedKeys.CrawlKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.redisson.client.codec.StringCodec;

/**
 * The listings of URLs with a reason, in the order of their URLs, so that a cursor (the last URL
 * given) holds however a listing grows meanwhile. A listing is read in small steps, which hold up
 * nobody, and of it no more is kept than is asked for.
 */
final class RedisListings {
  private static final int STEP = 1000;

  private final Redis redis;

  RedisListings(Redis redis) {
    this.redis = redis;
  }

  Optional<ListPage<Failure>> failures(Seed seed, ListQuery query) {
    return list(seed, CrawlKeys::failures, query, FailureCodec::read, Failure::url);
  }

  Optional<ListPage<Exclusion>> exclusions(Seed seed, ListQuery query) {
    return list(seed, CrawlKeys::excluded, query, Exclusion::new, Exclusion::url);
  }

  private <T> Optional<ListPage<T>> list(
      Seed seed,
      Function<CrawlKeys, String> key,
      ListQuery query,
      BiFunction<String, String, T> reader,
      Function<T, String> url) {
    SeedKeys keys = new SeedKeys(seed);
    return redis.call(() -> {
      Optional<String> crawlId =
          Optional.ofNullable(
              redis
                  .client()
                  .<String, String>getMap(keys.meta(), StringCodec.INSTANCE)
                  .get("crawlId"));
      return crawlId.map(id -> {
        List<T> found = new ArrayList<>();
        first(key.apply(keys.crawl(new CrawlId(id))), query)
            .forEach((listed, value) -> found.add(reader.apply(listed, value)));
        return ListPage.of(found, query.limit(), url);
      });
    });
  }

  /** As many as are asked for, and one more, if there are. */
  private NavigableMap<String, String> first(String key, ListQuery query) {
    NavigableMap<String, String> first = new TreeMap<>();
    for (Map.Entry<String, String> each :
        redis.client().<String, String>getMap(key, StringCodec.INSTANCE).entrySet(STEP)) {
      if (query.takes(each.getKey(), reason(each))) {
        first.put(each.getKey(), each.getValue());
        if (first.size() > query.limit() + 1) {
          first.pollLastEntry();
        }
      }
    }
    return first;
  }

  private static String reason(Map.Entry<String, String> listed) {
    int end = listed.getValue().indexOf('\t');
    return end < 0 ? listed.getValue() : listed.getValue().substring(0, end);
  }
}
