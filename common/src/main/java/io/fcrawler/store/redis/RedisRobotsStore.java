package io.fcrawler.store.redis;

import io.fcrawler.store.NotExecutedException;
import io.fcrawler.store.RobotsStore;
import io.fcrawler.store.StoreUnavailableException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RBucket;
import org.redisson.api.RFuture;
import org.redisson.client.codec.ByteArrayCodec;

/**
 * The robots.txt files in Redis: {@code fcrawler:robots:<scheme://authority>}, a string that
 * expires: the file, compressed (zlib), whatever crawler reads it.
 *
 * <p>Unlike other calls these are given up after a second, since a fetch waits for them that can do
 * without.
 */
final class RedisRobotsStore implements RobotsStore {
  private static final String PREFIX = "fcrawler:robots:";

  /**
   * Of a compressed file, in bytes: few are as long, and those that are may be random on purpose.
   */
  private static final int LONGEST_VALUE = 64 << 10;

  /** Below the number of connections, so that other calls find one free. */
  private static final int CALLS_AT_ONCE = 8;

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Redis redis;
  private final CallQueue queue = new CallQueue(CALLS_AT_ONCE, PATIENCE);

  RedisRobotsStore(Redis redis) {
    this.redis = redis;
  }

  private RBucket<byte[]> bucket(String site) {
    return redis.client().getBucket(PREFIX + site, ByteArrayCodec.INSTANCE);
  }

  @Override
  public Optional<Copy> get(String site) {
    byte @Nullable [] value = call(bucket(site)::getAsync);
    if (value == null) {
      return Optional.empty();
    }
    @Nullable Long leftMs = call(bucket(site)::remainTimeToLiveAsync);
    return leftMs == null || leftMs <= 0 // expired between
        ? Optional.empty()
        : Optional.of(new Copy(inflated(value), Duration.ofMillis(leftMs)));
  }

  @Override
  public void put(String site, Copy copy) {
    if (copy.text().length <= MAX_LENGTH) {
      byte[] value = deflated(copy.text());
      if (value.length <= LONGEST_VALUE) {
        call(() -> bucket(site).setAsync(value, copy.left()));
      }
    }
  }

  private <T extends @Nullable Object> T call(Supplier<RFuture<T>> call) {
    return queue.make(() -> {
      try {
        return call.get().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        throw new StoreUnavailableException("Redis did not answer in time", e);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException cause
            ? RedisErrors.translate(cause)
            : new StoreUnavailableException("Redis did not answer", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoreUnavailableException("interrupted while Redis was asked", e);
      } catch (RuntimeException e) {
        throw RedisErrors.translate(e);
      }
    });
  }

  private static byte[] deflated(byte[] text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
      out.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] inflated(byte[] value) {
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(value))) {
      return in.readNBytes(MAX_LENGTH);
    } catch (IOException e) {
      throw new NotExecutedException("the key is not of this program", e);
    }
  }
}
