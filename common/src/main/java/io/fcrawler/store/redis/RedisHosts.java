package io.fcrawler.store.redis;

import com.google.common.base.Splitter;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.TroubledHost;
import io.fcrawler.store.TroubledHost.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.redisson.api.RMap;
import org.redisson.client.codec.StringCodec;

/** Reads the records that {@code turn.lua} keeps of hosts in trouble. */
final class RedisHosts {
  /** Records that are looked at; a crawl with more such hosts has other worries. */
  private static final int LOOKED_AT = 1000;

  private static final Splitter FIELDS = Splitter.on(' ');
  private static final Map<String, State> STATES =
      Map.of(
          "-", State.FAILING,
          "a", State.WAITING,
          "b", State.BACKED_OFF,
          "p", State.PARKED,
          "g", State.GIVEN_UP);

  private final Redis redis;

  RedisHosts(Redis redis) {
    this.redis = redis;
  }

  List<TroubledHost> troubled(Seed seed, int most) {
    SeedKeys keys = new SeedKeys(seed);
    return redis.call(() -> {
      Meta meta = new Meta(hash(keys.meta()).getAll(Set.of("crawlId", "status")));
      if (!meta.opened() || meta.status().finished()) {
        return List.of();
      }
      String hosts = keys.crawl(meta.crawlId()).hosts();
      return first(hash(hosts), most, Instant.ofEpochMilli(System.currentTimeMillis()));
    });
  }

  private RMap<String, String> hash(String key) {
    return redis.client().getMap(key, StringCodec.INSTANCE);
  }

  private static List<TroubledHost> first(RMap<String, String> hosts, int most, Instant now) {
    return hosts.entrySet(LOOKED_AT).stream()
        .limit(LOOKED_AT)
        .map(record -> host(record.getKey(), record.getValue(), now))
        .flatMap(Optional::stream)
        .sorted(TroubledHost.ORDER)
        .limit(most)
        .toList();
  }

  /** Empty where a pause that the host asked for is over, and nothing else was the matter. */
  private static Optional<TroubledHost> host(String host, String record, Instant now) {
    List<String> f = FIELDS.splitToList(record);
    State state = STATES.getOrDefault(f.get(3), State.FAILING);
    Instant notBefore = Instant.ofEpochMilli(Long.parseLong(f.getFirst()));
    Optional<Instant> until =
        Optional.of(notBefore).filter(it -> it.isAfter(now) && state != State.GIVEN_UP);
    int failures = Integer.parseInt(f.get(1));
    return Optional.of(new TroubledHost(host, state, f.get(4), failures, until))
        .filter(_ -> failures > 0 || notBefore.isAfter(now));
  }
}
