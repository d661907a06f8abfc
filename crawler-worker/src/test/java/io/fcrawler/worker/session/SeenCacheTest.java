package io.fcrawler.worker.session;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.lane.Lane;
import io.fcrawler.store.Entry;
import io.fcrawler.store.Link;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SeenCacheTest {
  @Test
  void itNeverClaimsToKnowWhatItWasNotGiven() {
    Random random = new Random(3);
    SeenCache cache = new SeenCache();
    Set<Long> given = new HashSet<>();
    for (int i = 0; i < 200_000; i++) {
      long fingerprint = random.nextLong();
      cache.add(fingerprint);
      given.add(fingerprint);
    }
    for (int i = 0; i < 200_000; i++) {
      long fingerprint = random.nextLong();
      assertTrue(given.contains(fingerprint) || !cache.contains(fingerprint));
    }
  }

  @Test
  void itKnowsMostOfWhatItWasGiven() {
    Random random = new Random(5);
    long[] given = random.longs(10_000).toArray();
    SeenCache cache = new SeenCache();
    for (long fingerprint : given) {
      cache.add(fingerprint);
    }
    long known = 0;
    for (long fingerprint : given) {
      known += cache.contains(fingerprint) ? 1 : 0;
    }
    assertTrue(known > 6_000, "knows " + known);
  }

  @Test
  void zeroIsAFingerprintLikeAnyOther() {
    SeenCache cache = new SeenCache();
    assertFalse(cache.contains(0));
    cache.add(0);
    assertTrue(cache.contains(0));
  }

  @Test
  void aLinkThatMayBeLiftedIsToldFromAFreeOne() {
    Entry entry = Entry.link(7, "http://a.example/", 1, "");
    Lane lane = new Lane("a.example", 0);
    Link free = new Link(entry, lane, Optional.empty());
    Link kept = new Link(entry, lane, Optional.of("nofollow"));
    Link out = new Link(entry, lane, Optional.of("robots"));
    SeenCache cache = new SeenCache();
    cache.add(kept);
    assertTrue(cache.contains(kept));
    assertFalse(cache.contains(free));
    assertFalse(cache.contains(out));
    cache.add(free);
    assertTrue(cache.contains(kept) && cache.contains(free) && cache.contains(out));
  }
}
