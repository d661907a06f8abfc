package io.fcrawler.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.command.Command;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code pause}, {@code resume} and {@code cancel}. */
interface ControlContract extends StoreContract {
  @Test
  default void aPausedCrawlSettlesButClaimsNothingUntilItIsResumed() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = crawl.holder();
    Entry start = session.claim(crawl.lane(), 1).getFirst();
    assertEquals(Applied.DONE, crawl.pause());
    TurnReply.Turned turned =
        session.turn(Turns.on(crawl.lane()).crawled(start).links(crawl.link("a")).claim(1));
    assertEquals(CrawlStatus.PAUSED, turned.status());
    assertEquals(List.of(), TestingSession.held(turned, crawl.lane()).claimed());
    assertNumbers(crawl, 2, 1, 0, 0);
    assertEquals(Applied.DONE, crawl.resume());
    assertEquals(CrawlStatus.CRAWLING, crawl.status());
    assertEquals(List.of(crawl.page("a")), session.claim(crawl.lane(), 1));
  }

  @Test
  default void aPausedCrawlIsDoneWhenItsLastPageIsSettled() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = crawl.holder();
    Entry start = session.claim(crawl.lane(), 1).getFirst();
    crawl.pause();
    assertEquals(CrawlStatus.DONE, session.turn(Turns.on(crawl.lane()).crawled(start)).status());
    assertEquals(Applied.IGNORED, crawl.resume());
    assertNumbers(crawl, 1, 1, 0, 0);
  }

  @Test
  default void lanesOfAPausedCrawlMayBeAcquiredAndReleased() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    crawl.pause();
    TestingSession session = crawl.holder();
    assertEquals(List.of(), session.claim(crawl.lane(), 1));
    assertEquals(Optional.empty(), session.release(crawl.lane()));
    crawl.resume();
    assertEquals(List.of(crawl.start()), crawl.holder().claim(crawl.lane(), 1));
  }

  @Test
  default void aPauseOfAPausedAndAResumeOfARunningCrawlAreRecordedAndIgnored() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    assertEquals(Applied.IGNORED, crawl.resume());
    crawl.pause();
    assertEquals(Applied.IGNORED, crawl.pause());
    assertEquals(CrawlStatus.PAUSED, crawl.status());
    assertEquals(crawl.log.next() - 1, crawl.state().applied().orElseThrow().offset());
  }

  @Test
  default void aCancelledCrawlIsOverAndKeepsItsNumbers() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = crawl.holder();
    Entry start = session.claim(crawl.lane(), 1).getFirst();
    session.turn(Turns.on(crawl.lane()).crawled(start).links(crawl.link("a"), crawl.link("b")));
    session.claim(crawl.lane(), 1);
    assertEquals(Applied.DONE, crawl.cancel());
    assertEquals(CrawlStatus.CANCELLED, crawl.status());
    assertTrue(crawl.progress().finishedAt().isPresent());
    assertNumbers(crawl, 3, 1, 0, 0);
    assertEquals(
        new TurnReply.Refused(Refusal.GONE),
        session.turn(TestingSession.LONG, Turns.on(crawl.lane()).crawled(crawl.page("a")).build()));
    assertNumbers(crawl, 3, 1, 0, 0);
  }

  @Test
  default void aPausedCrawlMayBeCancelled() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    crawl.pause();
    assertEquals(Applied.DONE, crawl.cancel());
    assertEquals(CrawlStatus.CANCELLED, crawl.status());
  }

  @Test
  default void aFinishedCrawlIsNotControlled() {
    TestingCrawl done = TestingCrawl.opened(backend());
    done.end();
    TestingCrawl cancelled = TestingCrawl.opened(backend());
    cancelled.cancel();
    for (TestingCrawl crawl : List.of(done, cancelled)) {
      CrawlStatus before = crawl.status();
      assertEquals(Applied.IGNORED, crawl.pause());
      assertEquals(Applied.IGNORED, crawl.resume());
      assertEquals(Applied.IGNORED, crawl.cancel());
      assertEquals(before, crawl.status());
    }
  }

  @Test
  default void aCommandAboutAnotherCrawlIsRecordedAndIgnored() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingCrawl other = crawl.next();
    assertEquals(Applied.IGNORED, other.pause());
    assertEquals(Applied.IGNORED, other.resume());
    assertEquals(Applied.IGNORED, other.cancel());
    assertEquals(CrawlStatus.CRAWLING, crawl.status());
    assertEquals(crawl.log.next() - 1, crawl.state().applied().orElseThrow().offset());
  }

  @Test
  default void aCommandAboutASeedWithoutACrawlIsRecordedAndIgnored() {
    TestingCrawl crawl = TestingCrawl.unopened(backend());
    NotedCommand pause = crawl.log.append(crawl.pausing());
    assertEquals(Applied.IGNORED, crawl.store.apply(pause));
    assertEquals(Applied.REPEATED, crawl.store.apply(pause));
    assertEquals(Optional.empty(), crawl.store.progress(crawl.seed));
    assertEquals(Applied.DONE, crawl.open());
  }

  @Test
  default void aRepeatedControlCommandChangesNothing() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    NotedCommand pause = crawl.log.append(crawl.pausing());
    NotedCommand resume = crawl.log.append(crawl.resumption());
    assertEquals(Applied.DONE, crawl.store.apply(pause));
    assertEquals(Applied.DONE, crawl.store.apply(resume));
    assertNoChange(crawl, () -> assertEquals(Applied.REPEATED, crawl.store.apply(pause)));
    assertNoChange(crawl, () -> assertEquals(Applied.REPEATED, crawl.store.apply(resume)));
    NotedCommand cancel = crawl.log.append(crawl.cancellation());
    assertEquals(Applied.DONE, crawl.store.apply(cancel));
    assertNoChange(crawl, () -> assertEquals(Applied.REPEATED, crawl.store.apply(cancel)));
  }

  @Test
  default void aWaitingCrawlIsNeitherPausedNorResumed() {
    TestingCrawl first = TestingCrawl.opened(backend());
    TestingCrawl second = first.next();
    second.open();
    assertEquals(Applied.IGNORED, second.pause());
    assertEquals(Applied.IGNORED, second.resume());
    assertTrue(first.state().waiting());
    assertEquals(CrawlStatus.CRAWLING, first.status());
  }

  @Test
  default void aPauseThatTheStateForgotIsAppliedAgain() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    StoreBackend.Rollback before = backend().snapshot();
    List<Command> commands = List.of(crawl.pausing(), crawl.resumption(), crawl.pausing());
    List<NotedCommand> noted = commands.stream().map(crawl.log::append).toList();
    noted.forEach(crawl.store::apply);
    before.restore();
    assertEquals(CrawlStatus.CRAWLING, crawl.status());
    noted.forEach(command -> assertEquals(Applied.DONE, crawl.store.apply(command)));
    assertEquals(CrawlStatus.PAUSED, crawl.status());
  }

  @Test
  default void aCrawlIsShownAsQueuedUntilItIsOpened() {
    TestingCrawl crawl = TestingCrawl.unopened(backend());
    crawl.store.markQueued(crawl.open);
    assertEquals(Optional.of(crawl.open), crawl.store.queued(crawl.seed));
    Progress queued = crawl.progress();
    assertEquals(CrawlStatus.QUEUED, queued.status());
    assertEquals(crawl.ref(), queued.crawl());
    assertEquals(0, queued.total() + queued.crawled() + queued.failed() + queued.pending());
    assertEquals(crawl.open.submittedAt(), queued.submittedAt());
    assertEquals(Optional.empty(), queued.startedAt());
    assertEquals(crawl.open.options(), queued.options());
    assertEquals(Optional.empty(), crawl.store.receipt(crawl.seed));
    assertFalse(crawl.store.states(List.of(crawl.seed)).containsKey(crawl.seed));
    assertEquals(Applied.DONE, crawl.open());
    assertEquals(Optional.empty(), crawl.store.queued(crawl.seed));
    assertEquals(CrawlStatus.CRAWLING, crawl.status());
  }

  @Test
  default void aResubmissionIsShownAsQueuedAfterAFinishedCrawl() {
    TestingCrawl first = TestingCrawl.opened(backend());
    first.end();
    TestingCrawl second = first.next();
    second.store.markQueued(second.open);
    assertEquals(CrawlStatus.QUEUED, second.status());
    assertEquals(second.ref(), second.progress().crawl());
    assertEquals(CrawlStatus.DONE, first.receipt().status());
    second.open();
    assertEquals(CrawlStatus.CRAWLING, second.status());
  }

  @Test
  default void aMarkNeverHidesACrawlThatIsUnderWay() {
    TestingCrawl first = TestingCrawl.opened(backend());
    TestingCrawl second = first.next();
    second.store.markQueued(second.open);
    assertEquals(CrawlStatus.CRAWLING, first.status());
    assertEquals(first.ref(), first.progress().crawl());
    assertEquals(Optional.empty(), first.store.queued(first.seed));
    first.end();
    assertEquals(second.ref(), second.progress().crawl());
    assertEquals(Optional.of(second.open), first.store.queued(first.seed));
  }

  @Test
  default void aMarkThatComesAfterTheOpenIsNotShown() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    crawl.store.markQueued(crawl.open);
    crawl.end();
    assertEquals(CrawlStatus.DONE, crawl.status());
    assertEquals(Optional.empty(), crawl.store.queued(crawl.seed));
  }

  @Test
  default void anyOpenOfTheSeedTakesTheMarkAway() {
    TestingCrawl first = TestingCrawl.opened(backend());
    first.end();
    TestingCrawl second = first.next();
    second.store.markQueued(second.open);
    assertEquals(Applied.IGNORED, first.other(Optional.empty()).open());
    assertEquals(Optional.empty(), second.store.queued(second.seed));
    assertEquals(CrawlStatus.DONE, first.status());
  }
}
