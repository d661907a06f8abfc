package io.fcrawler.store.redis;

import com.google.common.collect.Lists;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Reads of many things, in batches of commands of which some are under way at once. Thread-safe.
 */
final class Batches {
  private static final int AT_ONCE = 8;

  private final Redis redis;
  private final int size;
  private final Semaphore free = new Semaphore(AT_ONCE);

  /**
   * @param size things read by one batch
   */
  Batches(Redis redis, int size) {
    this.redis = redis;
    this.size = size;
  }

  /** What the reader gives for each batch, in order. */
  <K, V> List<V> read(Collection<K> all, Function<List<K>, V> reader) {
    List<List<K>> parts = Lists.partition(List.copyOf(all), size);
    if (parts.size() <= 1) {
      return parts.stream().map(reader).toList();
    }
    List<CompletableFuture<V>> answers =
        parts.stream()
            .map(part ->
                CompletableFuture.supplyAsync(
                    () -> bounded(reader, part),
                    task -> Thread.ofVirtual().name("redis-batch").start(task)))
            .toList();
    return redis.call(() -> answers.stream().map(CompletableFuture::join).toList());
  }

  private <K, V> V bounded(Function<List<K>, V> reader, List<K> part) {
    free.acquireUninterruptibly();
    try {
      return reader.apply(part);
    } finally {
      free.release();
    }
  }
}
