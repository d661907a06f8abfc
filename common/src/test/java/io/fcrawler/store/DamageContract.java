package io.fcrawler.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.lane.Lane;
import io.fcrawler.seed.Seed;
import io.fcrawler.testing.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** {@code repair}: crawls of whose state a part is gone. */
interface DamageContract extends StoreContract {
  /** One of three pages crawled, two queued, nothing held. */
  private TestingCrawl standing() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = crawl.holder();
    session.claim(crawl.lane(), 1);
    session.turn(
        Turns.on(crawl.lane()).crawled(crawl.start()).links(crawl.link("a"), crawl.link("b")));
    session.release(crawl.lane());
    return crawl;
  }

  private static Repaired repaired(TestingCrawl crawl) {
    return crawl.store.repair(crawl.seed).orElseThrow();
  }

  @Test
  default void anAuditOfACrawlThatAddsUpChangesNothing() {
    TestingCrawl crawl = standing();
    TestingSession session = crawl.holder();
    session.claim(crawl.lane(), 1);
    assertNoChange(crawl, () -> assertEquals(new Repaired(0, List.of(), false), repaired(crawl)));
    assertEquals(Optional.empty(), crawl.progress().damage());
  }

  @Test
  default void whatDiffersInACrawlThatLostAQueueIsInItsProgress() {
    TestingCrawl crawl = standing();
    backend().loseQueue(crawl.seed, crawl.lane());
    List<String> differences =
        List.of("total is 3, but queued + delayed + inFlight + crawled + failed is 1");
    assertEquals(new Repaired(0, differences, true), repaired(crawl));
    Damage damage = crawl.progress().damage().orElseThrow();
    assertEquals(differences, damage.differences());
    assertEquals(Optional.of(damage), crawl.state().damage());
    assertEquals(CrawlStatus.CRAWLING, crawl.status());
  }

  @Test
  default void whatWasFoundBeforeIsNoNews() {
    TestingCrawl crawl = standing();
    backend().loseQueue(crawl.seed, crawl.lane());
    assertTrue(repaired(crawl).news());
    Damage damage = crawl.progress().damage().orElseThrow();
    backend().pass(Duration.ofMillis(5));
    assertNoChange(crawl, () -> assertEquals(false, repaired(crawl).news()));
    assertEquals(Optional.of(damage), crawl.progress().damage());
  }

  @Test
  default void aLaneThatHoldsEntriesAndIsNotListedIsListedAgainAndAnnounced() {
    TestingCrawl crawl = standing();
    List<Announcement> heard = new CopyOnWriteArrayList<>();
    backend().loseOpening(crawl.seed, crawl.lane());
    assertEquals(Set.of(), crawl.state().lanes());
    try (CrawlStore.Subscription _ = crawl.store.listen(heard::add)) {
      assertEquals(new Repaired(1, List.of(), false), repaired(crawl));
      Announcement ready = new Announcement.LaneReady(crawl.seed, crawl.lane());
      Eventually.holds("it is announced", () -> heard.contains(ready));
    }
    assertEquals(Set.of(crawl.lane()), crawl.state().lanes());
    crawl.end();
    assertNumbers(crawl, 3, 3, 0, 0);
  }

  @Test
  default void lanesWithEntriesOfEveryKindAreListedAgain() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    Lane a = crawl.lane("a");
    Lane b = crawl.lane("b");
    TestingSession session = crawl.holder();
    session.claim(crawl.lane(), 1);
    session.turn(
        Turns.on(crawl.lane())
            .links(
                new Link(crawl.page("a"), a, Optional.empty()),
                new Link(crawl.page("b"), b, Optional.empty())));
    session.take(a, b);
    session.claim(a, 1);
    session.claim(b, 1);
    session.turn(Turns.on(b).retry(crawl.page("b"), Duration.ofHours(1)));
    List.of(crawl.lane(), a, b).forEach(lane -> backend().loseOpening(crawl.seed, lane));
    assertEquals(new Repaired(3, List.of(), false), repaired(crawl));
    assertEquals(Set.of(crawl.lane(), a, b), crawl.state().lanes());
    assertExact(crawl);
  }

  @Test
  default void whatIsDerivedLeavesTheRestDamaged() {
    TestingCrawl crawl = standing();
    TestingSession session = crawl.holder();
    session.claim(crawl.lane(), 1);
    Lane other = crawl.lane("b");
    session.turn(Turns.on(crawl.lane()).links(new Link(crawl.page("c"), other, Optional.empty())));
    backend().loseQueue(crawl.seed, crawl.lane());
    backend().loseOpening(crawl.seed, other);
    Repaired repaired = repaired(crawl);
    assertEquals(1, repaired.lanes());
    assertEquals(
        List.of("total is 4, but queued + delayed + inFlight + crawled + failed is 3"),
        repaired.differences());
    assertTrue(crawl.state().lanes().contains(other));
  }

  @Test
  default void aDamagedCrawlMayBeCancelledAndSubmittedAgain() {
    TestingCrawl crawl = standing();
    backend().loseQueue(crawl.seed, crawl.lane());
    repaired(crawl);
    assertEquals(Applied.DONE, crawl.cancel());
    assertEquals(CrawlStatus.CANCELLED, crawl.status());
    assertTrue(crawl.progress().damage().isPresent());
    TestingCrawl next = crawl.next();
    assertEquals(Applied.DONE, next.open());
    assertEquals(Optional.empty(), next.progress().damage());
    next.end();
    assertNumbers(next, 1, 1, 0, 0);
  }

  @Test
  default void aCrawlThatIsDoneIsAuditedToo() {
    TestingCrawl done = TestingCrawl.opened(backend());
    done.end();
    assertNoChange(done, () -> assertEquals(new Repaired(0, List.of(), false), repaired(done)));
  }

  @Test
  default void aCancelledCrawlAndASeedWithoutOneAreNotAudited() {
    TestingCrawl cancelled = standing();
    cancelled.cancel();
    assertEquals(Optional.empty(), cancelled.store.repair(cancelled.seed));
    TestingCrawl none = TestingCrawl.unopened(backend());
    assertEquals(Optional.empty(), none.store.repair(none.seed));
  }

  @Test
  default void damagedSeedsAreKnownUntilTheyAreWell() {
    CrawlStore store = backend().store();
    Set<Seed> others = store.damaged();
    Seed a = TestingCrawl.unopened(backend()).seed;
    Seed b = TestingCrawl.unopened(backend()).seed;
    store.noteDamaged(Set.of(a, b), Set.of());
    assertTrue(store.damaged().containsAll(Set.of(a, b)));
    store.noteDamaged(Set.of(), Set.of(a, b));
    assertEquals(others, store.damaged());
  }
}
