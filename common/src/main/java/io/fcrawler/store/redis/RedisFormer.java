package io.fcrawler.store.redis;

import com.google.common.collect.Lists;
import io.fcrawler.lane.Lane;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.redisson.api.options.KeysScanOptions;
import org.redisson.client.codec.StringCodec;

/**
 * Removes the keys of ended crawls, some in a call, so that Redis is never busy with it. Whatever
 * is cut short is begun again: a crawl is forgotten only when its last key is gone.
 */
final class RedisFormer {
  private static final int KEYS_A_CALL = 400;

  private final Redis redis;

  RedisFormer(Redis redis) {
    this.redis = redis;
  }

  /**
   * Removes some keys.
   *
   * @param mark short crawl id, colon, number of its dedupe buckets
   * @return whether nothing is left that may be removed
   */
  boolean remove(Seed seed, String mark) {
    int colon = mark.indexOf(':');
    Former former = new Former(new SeedKeys(seed), mark.substring(0, colon));
    int buckets = Integer.parseInt(mark.substring(colon + 1));
    SeedKeys.CrawlKeys crawl = former.crawl();
    if (removeLanes(former) || removeBuckets(former, buckets)) {
      return false;
    }
    unlink(
        former,
        List.of(crawl.hosts(), crawl.spread(), crawl.failures(), crawl.excluded()),
        Set.of());
    redis.number(Script.FORGET, List.of(former.seed().meta()), List.of(mark));
    return true;
  }

  /**
   * Removes all keys of a crawl that its seed's meta does not name, as that is gone. They are found
   * by their names; those by which {@code open.lua} knows that there are some go last.
   */
  void removeNameless(Seed seed, CrawlId crawlId) {
    Former former = new Former(new SeedKeys(seed), crawlId.shortForm());
    List<String> last = List.of(former.crawl().seen(0), former.crawl().lanes());
    KeysScanOptions options =
        KeysScanOptions.defaults().pattern(former.crawl().pattern()).chunkSize(KEYS_A_CALL);
    List<String> keys =
        redis.call(() -> {
          try (Stream<String> found = redis.client().getKeys().getKeysStream(options)) {
            return found.filter(key -> !last.contains(key)).distinct().toList();
          }
        });
    Lists.partition(keys, KEYS_A_CALL).forEach(some -> unlink(former, some, Set.of()));
    unlink(former, last, Set.of());
  }

  private record Former(SeedKeys seed, String shortId) {
    SeedKeys.CrawlKeys crawl() {
      return seed.crawl(shortId);
    }
  }

  /** Removes the keys of some lanes; false where there are none, or none may be removed. */
  private boolean removeLanes(Former former) {
    SeedKeys.CrawlKeys crawl = former.crawl();
    var lanes = redis.client().<String>getSet(crawl.lanes(), StringCodec.INSTANCE);
    Set<String> some = redis.call(() -> lanes.random(KEYS_A_CALL / 4));
    if (some.isEmpty()) {
      return false;
    }
    List<String> keys = new ArrayList<>();
    for (String name : some) {
      Lane lane = Lane.parse(name);
      keys.addAll(List.of(crawl.lane(lane), crawl.queue(lane)));
      keys.addAll(List.of(crawl.inflight(lane), crawl.delayed(lane)));
    }
    return unlink(former, keys, some) >= 0;
  }

  /** Removes the last buckets that there are; false where there is none. */
  private boolean removeBuckets(Former former, int count) {
    for (int end = count; end > 0; end -= KEYS_A_CALL) {
      List<String> keys = new ArrayList<>();
      for (int bucket = Math.max(0, end - KEYS_A_CALL); bucket < end; bucket++) {
        keys.add(former.crawl().seen(bucket));
      }
      if (unlink(former, keys, Set.of()) > 0) {
        return true;
      }
    }
    return false;
  }

  /** Gives how many were removed, -1 where the crawl is the current one again. */
  private long unlink(Former former, List<String> keys, Set<String> lanes) {
    List<String> all = new ArrayList<>(List.of(former.seed().meta(), former.crawl().lanes()));
    all.addAll(keys);
    List<String> args = new ArrayList<>(List.of(former.shortId()));
    args.addAll(lanes);
    return redis.number(Script.REMOVE, all, args);
  }
}
