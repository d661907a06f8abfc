package io.fcrawler.store.redis;

import com.google.common.collect.Lists;
import io.fcrawler.lane.Lane;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.Receipt;
import io.fcrawler.store.Repaired;
import io.fcrawler.store.SeedState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.redisson.api.RSet;
import org.redisson.api.options.KeysScanOptions;
import org.redisson.client.codec.StringCodec;

/** Finds what crawls lack that stand still or have ended, and derives what can be derived. */
final class RedisRepair {
  /** Set: seeds whose crawls are damaged. */
  private static final String DAMAGED = "{fcrawler}:damaged";

  private static final int LANES_A_CALL = 100;
  private static final int KEYS_A_STEP = 1000;
  private static final Set<String> HOLD_ENTRIES = Set.of("queue", "inflight", "delayed");

  private final Redis redis;
  private final RedisReads reads;
  private final RedisReceipts receipts;
  private final String channel;

  RedisRepair(Redis redis, RedisReads reads, RedisReceipts receipts, String channel) {
    this.redis = redis;
    this.reads = reads;
    this.receipts = receipts;
    this.channel = channel;
  }

  Optional<Repaired> repair(Seed seed) {
    Optional<SeedState> found =
        reads.state(seed).filter(it -> it.status() != CrawlStatus.CANCELLED);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    SeedState state = found.get();
    Optional<Receipt> receipt = receipts.inSteps(state, List.of());
    List<Lane> unlisted = List.of();
    if (receipt.filter(RedisRepair::lacksEntries).isPresent()) {
      unlisted = unlisted(state);
      receipt = unlisted.isEmpty() ? receipt : receipts.inSteps(state, unlisted);
    }
    List<Lane> lanes = unlisted;
    return receipt.flatMap(it -> repair(it, lanes));
  }

  private static boolean lacksEntries(Receipt receipt) {
    long entries = receipt.queued() + receipt.delayed() + receipt.inFlight();
    return entries < receipt.total() - receipt.crawled() - receipt.failed();
  }

  /** Lanes that hold entries, but are not in the list. */
  private List<Lane> unlisted(SeedState state) {
    SeedKeys.CrawlKeys crawl = new SeedKeys(state.crawl().seed()).crawl(state.crawl().crawlId());
    int nameAt = crawl.prefix().length() + 1;
    KeysScanOptions options =
        KeysScanOptions.defaults().pattern(crawl.pattern()).chunkSize(KEYS_A_STEP);
    return redis.call(() -> {
      try (Stream<String> keys = redis.client().getKeys().getKeysStream(options)) {
        return keys.flatMap(key -> laneOf(key.substring(nameAt)).stream())
            .distinct()
            .filter(lane -> !state.lanes().contains(lane))
            .toList();
      }
    });
  }

  /** The lane whose entries a key of the crawl holds, by its name behind the crawl's prefix. */
  private static Optional<Lane> laneOf(String name) {
    int colon = name.indexOf(':');
    return colon > 0 && HOLD_ENTRIES.contains(name.substring(0, colon))
        ? Optional.of(Lane.parse(name.substring(colon + 1)))
        : Optional.empty();
  }

  /** First what is noted, since workers go on with lanes as soon as they are listed. */
  private Optional<Repaired> repair(Receipt found, List<Lane> unlisted) {
    List<Object> reply = call(found, true, List.of());
    long note = (Long) reply.get(1);
    if (note < 0) {
      return Optional.empty();
    }
    long listed = 0;
    for (List<Lane> some : Lists.partition(unlisted, LANES_A_CALL)) {
      listed += (Long) call(found, false, some).getFirst();
    }
    return Optional.of(new Repaired(Math.toIntExact(listed), found.differences(), note == 1));
  }

  private List<Object> call(Receipt found, boolean note, List<Lane> lanes) {
    SeedKeys seed = new SeedKeys(found.crawl().seed());
    SeedKeys.CrawlKeys crawl = seed.crawl(found.crawl().crawlId());
    List<String> keys = new ArrayList<>();
    keys.addAll(List.of(seed.meta(), seed.total(), seed.crawled(), seed.failed(), crawl.lanes()));
    List<String> args = new ArrayList<>();
    args.addAll(List.of(found.crawl().crawlId().value(), channel, seed.seed().id()));
    args.addAll(List.of(note ? "1" : "", String.join("\n", found.differences())));
    Stream.of(found.total(), found.crawled(), found.failed(), found.excluded())
        .forEach(number -> args.add(Long.toString(number)));
    for (Lane lane : lanes) {
      keys.addAll(List.of(crawl.queue(lane), crawl.inflight(lane), crawl.delayed(lane)));
      args.add(lane.name());
    }
    return redis.list(Script.REPAIR, keys, args);
  }

  Set<Seed> damaged() {
    Set<Seed> seeds = new HashSet<>();
    redis.call(() -> index().readAll()).forEach(id -> seeds.add(new Seed(id)));
    return seeds;
  }

  void noteDamaged(Set<Seed> damaged, Set<Seed> well) {
    redis.call(() -> {
      if (!damaged.isEmpty()) {
        index().addAll(damaged.stream().map(Seed::id).toList());
      }
      return well.isEmpty() || index().removeAll(well.stream().map(Seed::id).toList());
    });
  }

  private RSet<String> index() {
    return redis.client().getSet(DAMAGED, StringCodec.INSTANCE);
  }
}
