package io.fcrawler.store.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class BucketsTest {
  @Test
  void everyFingerprintHasABucketAmongThoseThatThereAre() {
    Random random = new Random(7);
    for (int count = 1; count < 300; count++) {
      int bucket = Buckets.of(random.nextLong(), count);
      assertTrue(bucket >= 0 && bucket < count, () -> "bucket " + bucket);
    }
  }

  @Test
  void aSplitMovesFingerprintsFromTheSplitBucketToTheNewOneAlone() {
    Random random = new Random(11);
    for (int i = 0; i < 100_000; i++) {
      long fingerprint = random.nextLong();
      int count = 1 + random.nextInt(5000);
      int before = Buckets.of(fingerprint, count);
      int after = Buckets.of(fingerprint, count + 1);
      if (before != after) {
        assertEquals(Buckets.splitAt(count), before);
        assertEquals(count, after);
      }
    }
  }

  @Test
  void extremeFingerprintsHaveBuckets() {
    assertEquals(0, Buckets.of(Long.MIN_VALUE, 8));
    assertEquals(7, Buckets.of(Long.MAX_VALUE, 8));
    assertEquals(7, Buckets.of(-1, 8));
  }
}
