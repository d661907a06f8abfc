package io.fcrawler.store.redis;

import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.Failure;
import io.fcrawler.store.FailurePage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.redisson.api.RMap;
import org.redisson.client.codec.StringCodec;

/**
 * The listing of failures, in the order of their URLs, so that a cursor (the last URL given) holds
 * however the list grows meanwhile.
 */
final class RedisFailures {
  private final Redis redis;

  RedisFailures(Redis redis) {
    this.redis = redis;
  }

  Optional<FailurePage> failures(Seed seed, int limit, Optional<String> cursor) {
    SeedKeys keys = new SeedKeys(seed);
    String crawlId = redis.call(() -> hash(keys.meta()).get("crawlId"));
    if (crawlId == null) {
      return Optional.empty();
    }
    RMap<String, String> listed = hash(keys.crawl(new CrawlId(crawlId)).failures());
    List<String> urls =
        redis.call(listed::readAllKeySet).stream()
            .filter(url -> cursor.isEmpty() || url.compareTo(cursor.get()) > 0)
            .sorted()
            .limit(limit + 1L)
            .toList();
    List<String> part = urls.subList(0, Math.min(limit, urls.size()));
    Optional<String> next = urls.size() > limit ? Optional.of(part.getLast()) : Optional.empty();
    return Optional.of(new FailurePage(read(listed, part), next));
  }

  private List<Failure> read(RMap<String, String> listed, List<String> urls) {
    if (urls.isEmpty()) {
      return List.of();
    }
    Map<String, String> values = redis.call(() -> listed.getAll(Set.copyOf(urls)));
    return urls.stream()
        .flatMap(url -> Stream.ofNullable(values.get(url)).map(v -> FailureCodec.read(url, v)))
        .toList();
  }

  private RMap<String, String> hash(String key) {
    return redis.client().getMap(key, StringCodec.INSTANCE);
  }
}
