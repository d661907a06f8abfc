package io.fcrawler.store.redis;

import com.google.common.collect.Lists;
import io.fcrawler.lane.Lane;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.Receipt;
import io.fcrawler.store.SeedState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.redisson.client.codec.StringCodec;

/** Receipts of crawls: in one step, or in steps that are bounded however large the crawl is. */
final class RedisReceipts {
  private static final int ATTEMPTS = 20;
  private static final int LANES_A_STEP = 100;
  private static final int BUCKETS_A_STEP = 300;

  private final Redis redis;
  private final RedisReads reads;

  RedisReceipts(Redis redis, RedisReads reads) {
    this.redis = redis;
    this.reads = reads;
  }

  /** All of it at one instant. */
  Optional<Receipt> whole(Seed seed) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<SeedState> state = reads.state(seed);
      if (state.isEmpty()) {
        return Optional.empty();
      }
      Count count = new Count(state.get());
      count.add(state.get().lanes(), IntStream.range(0, count.buckets).boxed().toList());
      if (!count.changed) {
        return Optional.of(count.receipt());
      }
    }
    throw new IllegalStateException("the crawl of " + seed + " changes too fast to be audited");
  }

  /**
   * Counts lane by lane: as an entry stays in its lane, the sums are those of one instant where the
   * counters are the same in all steps; else it is empty.
   *
   * @param unlisted lanes beside those of the list
   */
  Optional<Receipt> inSteps(SeedState state, Collection<Lane> unlisted) {
    Count count = new Count(state);
    List<Lane> lanes = new ArrayList<>(state.lanes());
    lanes.addAll(unlisted);
    List<Integer> buckets = IntStream.range(0, count.buckets).boxed().toList();
    Lists.partition(lanes, LANES_A_STEP).forEach(some -> count.add(some, List.of()));
    Lists.partition(buckets, BUCKETS_A_STEP).forEach(some -> count.add(List.of(), some));
    count.add(List.of(), List.of());
    return count.changed ? Optional.empty() : Optional.of(count.receipt());
  }

  /** The sums of some calls of {@code receipt.lua}, whose counters must be the same. */
  private final class Count {
    private static final int COUNTERS = 8;

    private final SeedState state;
    private final SeedKeys seed;
    private final SeedKeys.CrawlKeys crawl;
    private final int buckets;
    private final long[] sums = new long[4];
    private List<Object> counters = List.of();
    private boolean changed;

    Count(SeedState state) {
      this.state = state;
      seed = new SeedKeys(state.crawl().seed());
      crawl = seed.crawl(state.crawl().crawlId());
      buckets = readBuckets();
    }

    private int readBuckets() {
      return Integer.parseInt(
          Objects.requireNonNullElse(
              redis.call(() ->
                  redis
                      .client()
                      .<String, String>getMap(seed.meta(), StringCodec.INSTANCE)
                      .get("buckets")),
              "0"));
    }

    void add(Collection<Lane> lanes, List<Integer> someBuckets) {
      if (changed) {
        return;
      }
      List<Object> reply = redis.list(Script.RECEIPT, keys(lanes, someBuckets), args(lanes.size()));
      changed = !reply.getFirst().equals("ok");
      if (changed) {
        return;
      }
      List<Object> before = counters;
      counters = List.copyOf(reply.subList(1, COUNTERS));
      changed = !before.isEmpty() && !before.equals(counters);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += number(reply.get(COUNTERS + i));
      }
    }

    private List<String> keys(Collection<Lane> lanes, List<Integer> someBuckets) {
      List<String> keys = new ArrayList<>();
      keys.addAll(List.of(seed.meta(), seed.total(), seed.crawled(), seed.failed()));
      keys.addAll(List.of(crawl.failures(), crawl.excluded(), crawl.lanes()));
      for (Lane lane : lanes) {
        keys.addAll(List.of(crawl.queue(lane), crawl.inflight(lane), crawl.delayed(lane)));
      }
      someBuckets.forEach(bucket -> keys.add(crawl.seen(bucket)));
      return keys;
    }

    private List<String> args(int lanes) {
      return List.of(
          state.crawl().crawlId().value(),
          Integer.toString(state.lanes().size()),
          Integer.toString(buckets),
          Integer.toString(lanes));
    }

    Receipt receipt() {
      long[] n =
          LongStream.range(1, COUNTERS - 1).map(i -> number(counters.get((int) i))).toArray();
      return new Receipt(
          state.crawl(),
          CrawlStatus.ofWord((String) counters.getFirst()),
          n[0],
          n[1],
          n[2],
          n[3],
          sums[0],
          sums[1],
          sums[2],
          sums[3],
          n[4],
          n[5]);
    }

    private static long number(Object value) {
      return Long.parseLong(value.toString());
    }
  }
}
