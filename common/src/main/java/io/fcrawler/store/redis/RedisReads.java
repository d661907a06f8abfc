package io.fcrawler.store.redis;

import io.fcrawler.command.Command.Open;
import io.fcrawler.lane.Lane;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.Activity;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.FormerCrawl;
import io.fcrawler.store.Link;
import io.fcrawler.store.SeedState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.redisson.api.RBatch;
import org.redisson.api.RFuture;
import org.redisson.client.codec.StringCodec;
import org.redisson.client.protocol.ScoredEntry;

/** What workers and auditors read. */
final class RedisReads {
  private final Redis redis;
  private final Batches batches;

  RedisReads(Redis redis, Batches batches) {
    this.redis = redis;
    this.batches = batches;
  }

  Map<Seed, SeedState> states(Collection<Seed> seeds) {
    Map<Seed, SeedState> states = new HashMap<>();
    batches.read(seeds, this::statesOf).forEach(states::putAll);
    return states;
  }

  private Map<Seed, SeedState> statesOf(List<Seed> seeds) {
    Map<Seed, Meta> metas = metas(seeds);
    RBatch batch = redis.batch();
    List<LanesOfSeed> reads = new ArrayList<>();
    metas.forEach((seed, meta) -> reads.add(lanesOf(batch, seed, meta)));
    redis.call(batch::execute);
    Map<Seed, SeedState> states = new HashMap<>();
    reads.forEach(lanes -> states.put(lanes.seed, lanes.state()));
    return states;
  }

  /** A seed whose lanes are being read. */
  private record LanesOfSeed(
      Seed seed,
      Meta meta,
      Open open,
      RFuture<Set<String>> lanes,
      Optional<RFuture<Set<String>>> spread) {
    SeedState state() {
      return new SeedState(
          new CrawlRef(seed, meta.crawlId()),
          meta.status(),
          open.options(),
          meta.applied(),
          lanes.resultNow().stream().map(Lane::parse).collect(Collectors.toSet()),
          meta.words("joined"),
          Link.start(open).lane(),
          spread.map(Future::resultNow).orElse(Set.of()),
          meta.has("next"),
          meta.instant("finishedAt"),
          meta.words("former"),
          new Activity(meta.number("inflight"), meta.number("excluded"), meta.number("bytes")),
          meta.damage());
    }
  }

  private static LanesOfSeed lanesOf(RBatch batch, Seed seed, Meta meta) {
    SeedKeys.CrawlKeys crawl = new SeedKeys(seed).crawl(meta.crawlId());
    Open open = meta.open();
    // Before what is spread: lanes that are seen without that would seem to be elsewhere.
    RFuture<Set<String>> lanes = members(batch, crawl.lanes());
    Optional<RFuture<Set<String>>> spread =
        open.options().maySpread() ? Optional.of(members(batch, crawl.spread())) : Optional.empty();
    return new LanesOfSeed(seed, meta, open, lanes, spread);
  }

  private static RFuture<Set<String>> members(RBatch batch, String key) {
    return batch.<String>getSet(key, StringCodec.INSTANCE).readAllAsync();
  }

  /** The meta of those seeds that have a crawl, in their order. */
  private Map<Seed, Meta> metas(List<Seed> seeds) {
    RBatch batch = redis.batch();
    List<RFuture<Map<String, String>>> answers = new ArrayList<>();
    for (Seed seed : seeds) {
      String key = new SeedKeys(seed).meta();
      answers.add(batch.<String, String>getMap(key, StringCodec.INSTANCE).readAllMapAsync());
    }
    redis.call(batch::execute);
    Map<Seed, Meta> metas = new LinkedHashMap<>();
    for (int i = 0; i < seeds.size(); i++) {
      Meta meta = new Meta(answers.get(i).resultNow());
      if (meta.opened()) {
        metas.put(seeds.get(i), meta);
      }
    }
    return metas;
  }

  List<Seed> seeds(long from, int limit) {
    Collection<ScoredEntry<String>> entries =
        redis.call(() ->
            redis
                .client()
                .<String>getScoredSortedSet(RedisCommands.SEEDS, StringCodec.INSTANCE)
                .entryRange(Math.toIntExact(from), Math.toIntExact(from + limit - 1)));
    return entries.stream().map(entry -> new Seed(entry.getValue())).toList();
  }

  /** The state of one seed, if it has a crawl. */
  Optional<SeedState> state(Seed seed) {
    return Optional.ofNullable(statesOf(List.of(seed)).get(seed));
  }

  List<FormerCrawl> crawls(Seed seed) {
    List<String> lines =
        redis.call(() ->
            redis
                .client()
                .<String>getList(new SeedKeys(seed).crawls(), StringCodec.INSTANCE)
                .readAll());
    return lines.stream().map(RedisReads::formerCrawl).toList();
  }

  private static FormerCrawl formerCrawl(String line) {
    String[] f = line.split("\t", -1);
    return new FormerCrawl(
        new CrawlId(f[0]),
        CrawlStatus.ofWord(f[1]),
        Long.parseLong(f[2]),
        Long.parseLong(f[3]),
        Long.parseLong(f[4]),
        Long.parseLong(f[5]),
        Long.parseLong(f[6]),
        Instant.ofEpochMilli(Long.parseLong(f[7])),
        formerInstant(f[8]),
        formerInstant(f[9]));
  }

  private static Optional<Instant> formerInstant(String ms) {
    return ms.isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(Long.parseLong(ms)));
  }
}
