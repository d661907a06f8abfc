package io.fcrawler.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.command.Position;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.Seed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** {@code open} and {@code openWaiting}: how one crawl of a seed follows another. */
interface OpenContract extends StoreContract {
  @Test
  default void anOpenBeginsACrawlWithItsStartPageQueued() {
    TestingCrawl crawl = TestingCrawl.unopened(backend());
    NotedCommand noted = crawl.log.append(crawl.open);
    assertEquals(Applied.DONE, crawl.store.apply(noted));
    assertNumbers(crawl, 1, 0, 0, 0);
    assertEquals(1, crawl.receipt().queued());
    Progress progress = crawl.progress();
    assertEquals(CrawlStatus.CRAWLING, progress.status());
    assertEquals(crawl.open.options(), progress.options());
    assertEquals(crawl.open.submittedAt(), progress.submittedAt());
    assertEquals(Optional.of(progress.updatedAt()), progress.startedAt());
    assertEquals(Optional.empty(), progress.finishedAt());
    SeedState state = crawl.state();
    assertEquals(crawl.ref(), state.crawl());
    assertEquals(Set.of(crawl.lane()), state.lanes());
    assertEquals(Optional.of(noted.position()), state.applied());
    assertFalse(state.waiting());
  }

  @Test
  default void theStartPageIsQueuedInTheLaneOfItsFingerprint() {
    TestingCrawl crawl =
        TestingCrawl.opened(
            backend(), new CrawlOptions(100, 7, true, 0, 16, List.of("a"), List.of("b"), true));
    assertEquals(Set.of(crawl.lane()), crawl.state().lanes());
    assertEquals(List.of(crawl.start()), crawl.holder().claim(crawl.lane(), 1));
    assertEquals(crawl.open.options(), crawl.state().options());
  }

  @Test
  default void theStartPageRemembersThatHttpMayBeTried() {
    TestingCrawl crawl = TestingCrawl.unopened(backend()).tryingHttp();
    assertEquals(Applied.DONE, crawl.open());
    Entry start = crawl.holder().claim(crawl.lane(), 1).getFirst();
    assertTrue(start.start() && start.tryHttp());
    assertEquals(crawl.start(), start);
  }

  @Test
  default void aCommandAtOrBelowTheLastAppliedIsRepeatedAndChangesNothing() {
    TestingCrawl crawl = TestingCrawl.unopened(backend());
    NotedCommand first = crawl.log.append(crawl.other(Optional.empty()).open);
    NotedCommand second = crawl.log.append(crawl.open);
    assertEquals(Applied.DONE, crawl.store.apply(second));
    crawl.store.markQueued(crawl.next().open);
    assertNoChange(crawl, () -> assertEquals(Applied.REPEATED, crawl.store.apply(second)));
    assertNoChange(crawl, () -> assertEquals(Applied.REPEATED, crawl.store.apply(first)));
  }

  @Test
  default void aTopicMadeAnewBeginsAtItsOwnPositions() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    crawl.pause();
    Position anew = new Position(UUID.randomUUID().toString(), crawl.log.partition, 0);
    assertEquals(Applied.DONE, crawl.store.apply(new NotedCommand(anew, crawl.resumption())));
    assertEquals(Optional.of(anew), crawl.state().applied());
  }

  @Test
  default void anOpenOfTheCurrentCrawlIsRecordedAndIgnored() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    NotedCommand again = crawl.log.append(crawl.open);
    assertEquals(Applied.IGNORED, crawl.store.apply(again));
    assertEquals(Optional.of(again.position()), crawl.state().applied());
    assertNumbers(crawl, 1, 0, 0, 0);
    crawl.end();
    assertEquals(Applied.IGNORED, crawl.open());
    assertEquals(CrawlStatus.DONE, crawl.status());
  }

  @Test
  default void anOpenThatSawTheFinishedCrawlFollowsIt() {
    TestingCrawl first = TestingCrawl.opened(backend());
    first.end();
    Progress last = first.progress();
    TestingCrawl second = first.next();
    assertEquals(Applied.DONE, second.open());
    assertNumbers(second, 1, 0, 0, 0);
    assertEquals(second.ref(), second.progress().crawl());
    assertEquals(List.of(former(last)), second.store.crawls(second.seed));
    assertEquals(1, second.state().former().size());
  }

  /** What remains of a crawl's numbers when another follows. */
  private static FormerCrawl former(Progress last) {
    return new FormerCrawl(
        last.crawl().crawlId(),
        last.status(),
        last.total(),
        last.crawled(),
        last.failed(),
        last.excluded(),
        last.bytes(),
        last.submittedAt(),
        last.startedAt(),
        last.finishedAt());
  }

  @Test
  default void aCrawlThatFollowsKnowsNothingOfTheFormer() {
    TestingCrawl first = TestingCrawl.opened(backend());
    TestingSession session = first.holder();
    Entry start = session.claim(first.lane(), 1).getFirst();
    session.turn(
        Turns.on(first.lane()).joins("www." + first.seed).crawled(start).links(first.link("a")));
    first.cancel();
    TestingCrawl second = first.next();
    assertEquals(Applied.DONE, second.open());
    assertEquals(Set.of(), second.state().joined());
    assertEquals(Set.of(second.lane()), second.state().lanes());
    assertNotEquals(start.fingerprint(), second.start().fingerprint());
    TestingSession next = second.holder();
    assertEquals(List.of(second.start()), next.claim(second.lane(), 10));
    next.turn(Turns.on(second.lane()).crawled(second.start()).links(second.link("a")));
    assertNumbers(second, 2, 1, 0, 0);
  }

  @Test
  default void anOpenThatSawACancelledCrawlFollowsIt() {
    TestingCrawl first = TestingCrawl.opened(backend());
    first.cancel();
    TestingCrawl second = first.next();
    assertEquals(Applied.DONE, second.open());
    assertEquals(CrawlStatus.CANCELLED, second.store.crawls(second.seed).getFirst().status());
  }

  @Test
  default void formerCrawlsAreListedTheLatestFirst() {
    TestingCrawl first = TestingCrawl.opened(backend());
    first.end();
    TestingCrawl second = first.next();
    second.open();
    second.end();
    TestingCrawl third = second.next();
    third.open();
    assertEquals(
        List.of(second.id(), first.id()),
        third.store.crawls(third.seed).stream().map(FormerCrawl::crawlId).toList());
  }

  @Test
  default void anOpenThatSawNoCrawlOrAnotherIsIgnoredWhereOneIsCurrent() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    assertEquals(Applied.IGNORED, crawl.other(Optional.empty()).open());
    assertEquals(Applied.IGNORED, crawl.next().next().open());
    crawl.end();
    assertEquals(Applied.IGNORED, crawl.other(Optional.empty()).open());
    assertEquals(Applied.IGNORED, crawl.next().next().open());
    assertEquals(crawl.ref(), crawl.progress().crawl());
    assertFalse(crawl.state().waiting());
  }

  @Test
  default void anOpenThatSawAnUnfinishedCrawlWaitsUntilThatIsFinished() {
    TestingCrawl first = TestingCrawl.opened(backend());
    TestingCrawl second = first.next();
    assertEquals(Applied.WAITING, second.open());
    assertTrue(first.state().waiting());
    assertEquals(first.ref(), first.progress().crawl());
    assertNoChange(first, () -> assertEquals(Applied.IGNORED, first.store.openWaiting(first.seed)));
    first.end();
    Optional<Position> applied = first.state().applied();
    assertEquals(Applied.DONE, first.store.openWaiting(first.seed));
    assertEquals(second.ref(), second.progress().crawl());
    assertNumbers(second, 1, 0, 0, 0);
    assertFalse(second.state().waiting());
    assertEquals(applied, second.state().applied());
    assertNoChange(
        second, () -> assertEquals(Applied.IGNORED, first.store.openWaiting(first.seed)));
  }

  @Test
  default void aWaitingCrawlFollowsACancelledOne() {
    TestingCrawl first = TestingCrawl.opened(backend());
    TestingCrawl second = first.next();
    second.open();
    first.cancel();
    assertEquals(Applied.DONE, first.store.openWaiting(first.seed));
    assertEquals(second.ref(), second.progress().crawl());
  }

  @Test
  default void nothingWaitsForASeedThatIsNotKnown() {
    Seed unknown = TestingCrawl.unopened(backend()).seed;
    assertEquals(Applied.IGNORED, backend().store().openWaiting(unknown));
  }

  @Test
  default void anOpenThatSawTheWaitingCrawlReplacesIt() {
    TestingCrawl first = TestingCrawl.opened(backend());
    TestingCrawl second = first.next();
    second.open();
    TestingCrawl third = second.next();
    assertEquals(Applied.WAITING, third.open());
    first.end();
    assertEquals(Applied.DONE, first.store.openWaiting(first.seed));
    assertEquals(third.ref(), third.progress().crawl());
    third.end();
    assertEquals(Applied.IGNORED, first.store.openWaiting(first.seed));
  }

  @Test
  default void anOpenOfTheWaitingCrawlIsIgnored() {
    TestingCrawl first = TestingCrawl.opened(backend());
    TestingCrawl second = first.next();
    second.open();
    assertEquals(Applied.IGNORED, second.open());
    assertTrue(first.state().waiting());
  }

  @Test
  default void anOpenThatSawOnlyTheUnfinishedCrawlDoesNotReplaceTheWaitingOne() {
    TestingCrawl first = TestingCrawl.opened(backend());
    TestingCrawl second = first.next();
    second.open();
    assertEquals(Applied.IGNORED, first.next().open());
    assertEquals(Applied.IGNORED, first.other(Optional.empty()).open());
    first.end();
    first.store.openWaiting(first.seed);
    assertEquals(second.ref(), second.progress().crawl());
  }

  @Test
  default void anOpenThatSawTheFinishedCrawlGoesBeforeTheWaitingOne() {
    TestingCrawl first = TestingCrawl.opened(backend());
    TestingCrawl waiting = first.next();
    waiting.open();
    first.end();
    TestingCrawl third = first.next();
    assertEquals(Applied.DONE, third.open());
    assertTrue(third.state().waiting());
    third.end();
    assertEquals(Applied.DONE, first.store.openWaiting(first.seed));
    assertEquals(waiting.ref(), waiting.progress().crawl());
  }

  @Test
  default void aCancelledWaitingCrawlNeverBegins() {
    TestingCrawl first = TestingCrawl.opened(backend());
    TestingCrawl second = first.next();
    second.open();
    assertEquals(Applied.DONE, second.cancel());
    assertFalse(first.state().waiting());
    assertEquals(CrawlStatus.CRAWLING, first.status());
    first.end();
    assertEquals(Applied.IGNORED, first.store.openWaiting(first.seed));
    assertEquals(Applied.IGNORED, second.open());
  }

  /**
   * In the state that went back, the crawl that the API saw cancelled never began; its successor
   * was accepted all the same, and must not be lost.
   */
  @Test
  default void anOpenThatSawTheCancelledWaitingCrawlWaitsInItsPlace() {
    TestingCrawl first = TestingCrawl.opened(backend());
    TestingCrawl second = first.next();
    second.open();
    second.cancel();
    TestingCrawl third = second.next();
    assertEquals(Applied.WAITING, third.open());
    third.cancel();
    TestingCrawl fourth = third.next();
    assertEquals(Applied.WAITING, fourth.open());
    first.end();
    assertEquals(Applied.DONE, first.store.openWaiting(first.seed));
    assertEquals(fourth.ref(), fourth.progress().crawl());
  }

  @Test
  default void anOpenThatSawTheCancelledWaitingCrawlFollowsTheFinishedOne() {
    TestingCrawl first = TestingCrawl.opened(backend());
    TestingCrawl second = first.next();
    second.open();
    second.cancel();
    first.end();
    TestingCrawl third = second.next();
    assertEquals(Applied.DONE, third.open());
    assertEquals(third.ref(), third.progress().crawl());
  }

  @Test
  default void whatAFormerCrawlLeftIsRemovedAndTheCurrentOneIsNotTouched() {
    TestingCrawl first = TestingCrawl.opened(backend());
    first.end();
    TestingCrawl second = first.next();
    second.open();
    TestingSession session = second.holder();
    session.claim(second.lane(), 1);
    removeFormer(second);
    assertEquals(Set.of(), second.state().former());
    assertEquals(1, second.store.crawls(second.seed).size());
    assertNumbers(second, 1, 0, 0, 0);
    session.turn(Turns.on(second.lane()).crawled(second.start()));
    assertNumbers(second, 1, 1, 0, 0);
  }

  /** Removes all that former crawls left, in as many calls as it takes. */
  private static void removeFormer(TestingCrawl crawl) {
    for (String mark : crawl.state().former()) {
      int calls = 0;
      while (!crawl.store.removeFormer(crawl.seed, mark)) {
        assertTrue(++calls < 1000, "never ends");
      }
    }
  }

  @Test
  default void aFormerCrawlThatIsCurrentAgainIsNotRemoved() {
    TestingCrawl first = TestingCrawl.opened(backend());
    TestingSession session = first.holder();
    session.claim(first.lane(), 1);
    StoreBackend.Rollback unfinished = backend().snapshot();
    session.turn(Turns.on(first.lane()).crawled(first.start()));
    TestingCrawl second = first.next();
    second.open();
    String mark = second.state().former().iterator().next();
    unfinished.restore();
    assertNoChange(first, () -> first.store.removeFormer(first.seed, mark));
    session.at(session.seq() - 1).turn(Turns.on(first.lane()).crawled(first.start()));
    assertNumbers(first, 1, 1, 0, 0);
  }

  @Test
  default void startAndFinishAreTheStoresTimes() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    Instant started = crawl.progress().startedAt().orElseThrow();
    backend().pass(Duration.ofMillis(5));
    crawl.end();
    Instant finished = crawl.progress().finishedAt().orElseThrow();
    assertTrue(finished.isAfter(started));
    assertEquals(Optional.of(finished), crawl.state().finishedAt());
  }
}
