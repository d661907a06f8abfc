package io.fcrawler.store.redis;

import com.google.common.collect.Iterators;
import io.fcrawler.config.RedisSettings;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.Audit;
import io.fcrawler.store.Receipt;
import io.fcrawler.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.redisson.api.RBatch;
import org.redisson.api.RFuture;
import org.redisson.api.options.KeysScanOptions;
import org.redisson.client.codec.StringCodec;

/**
 * An audit of every seed that a Redis knows: of the list of seeds, of the active ones, and of those
 * that only have keys of their own. It writes nothing, and needs memory for some seeds at a time.
 * Serves one audit; not thread-safe.
 */
public final class RedisAudit implements AutoCloseable {
  /** Seeds looked at by one batch of commands. */
  private static final int PART = 500;

  private static final SeedKeys ANY = new SeedKeys(new Seed("*"));
  private static final int BEFORE_SEED = ANY.meta().indexOf('*');
  private static final int AFTER_SEED = ANY.meta().length() - BEFORE_SEED - 1;

  private final Redis redis;
  private final RedisReads reads;
  private final RedisReceipts receipts;
  private final BiConsumer<Seed, List<String>> differing;
  private long seeds;
  private long crawls;
  private long differ;

  /**
   * Connects to nothing yet.
   *
   * @param differing hears of each seed that is not clean what differs, as sentences
   */
  public RedisAudit(RedisSettings settings, BiConsumer<Seed, List<String>> differing) {
    this.redis = new Redis(settings);
    this.reads = new RedisReads(redis, new Batches(redis, PART));
    this.receipts = new RedisReceipts(redis, reads);
    this.differing = differing;
  }

  /**
   * Goes over all seeds.
   *
   * @throws io.fcrawler.store.IncompatibleStoreException where another schema or another number of
   *     slots wrote the state
   * @throws StoreUnavailableException where Redis does not answer
   */
  public Audit run() {
    return redis.call(() -> {
      new RedisMetadata(redis).verify();
      auditListed();
      auditActive();
      auditOthers();
      return new Audit(seeds, crawls, differ, redis.client().getKeys().count());
    });
  }

  private void auditListed() {
    List<Seed> part = reads.seeds(0, PART);
    for (long from = 0; !part.isEmpty(); part = reads.seeds(from, PART)) {
      part.forEach(seed -> audit(seed, true));
      from += part.size();
    }
  }

  private void auditActive() {
    Iterator<String> ids =
        redis
            .client()
            .<String, String>getMap(RedisCommands.ACTIVE, StringCodec.INSTANCE)
            .keySet(PART)
            .iterator();
    Iterators.partition(Iterators.transform(ids, Seed::new), PART)
        .forEachRemaining(part -> notListed(part).forEach(seed -> audit(seed, true)));
  }

  /** Nothing would go on with an unfinished seed that is neither listed nor active. */
  private void auditOthers() {
    KeysScanOptions options = KeysScanOptions.defaults().pattern(ANY.meta()).chunkSize(PART);
    Iterator<String> keys = redis.client().getKeys().getKeys(options).iterator();
    Iterators.partition(Iterators.transform(keys, RedisAudit::seedOf), PART)
        .forEachRemaining(part -> notActive(notListed(part)).forEach(seed -> audit(seed, false)));
  }

  private static Seed seedOf(String metaKey) {
    return new Seed(metaKey.substring(BEFORE_SEED, metaKey.length() - AFTER_SEED));
  }

  private List<Seed> notListed(List<Seed> some) {
    return absent(
        some,
        (batch, id) ->
            batch.getScoredSortedSet(RedisCommands.SEEDS, StringCodec.INSTANCE).containsAsync(id));
  }

  private List<Seed> notActive(List<Seed> some) {
    return absent(
        some,
        (batch, id) ->
            batch.getMap(RedisCommands.ACTIVE, StringCodec.INSTANCE).containsKeyAsync(id));
  }

  private List<Seed> absent(List<Seed> some, BiFunction<RBatch, String, RFuture<Boolean>> present) {
    RBatch batch = redis.batch();
    List<RFuture<Boolean>> answers =
        some.stream().map(seed -> present.apply(batch, seed.id())).toList();
    batch.execute();
    List<Seed> absent = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      if (!answers.get(i).resultNow()) {
        absent.add(some.get(i));
      }
    }
    return absent;
  }

  private void audit(Seed seed, boolean known) {
    seeds++;
    differences(seed, known)
        .ifPresent(found -> {
          crawls++;
          if (!found.isEmpty()) {
            differ++;
            differing.accept(seed, found);
          }
        });
  }

  /** What does not add up; empty where the seed has no crawl. */
  private Optional<List<String>> differences(Seed seed, boolean known) {
    try {
      return receipts.whole(seed).map(receipt -> differences(receipt, known));
    } catch (RuntimeException e) {
      if (e instanceof StoreUnavailableException) {
        throw e;
      }
      return Optional.of(List.of("the state cannot be read: " + e.getMessage()));
    }
  }

  private static List<String> differences(Receipt receipt, boolean known) {
    List<String> found = new ArrayList<>(receipt.differences());
    if (!known && !receipt.status().finished()) {
      found.add("the crawl is " + receipt.status().word() + ", but the seed is not listed");
    }
    return found;
  }

  @Override
  public void close() {
    redis.close();
  }
}
