package io.fcrawler.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.command.Command;
import io.fcrawler.command.Command.Pause;
import io.fcrawler.command.Position;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.StoreBackend.Rollback;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * The path of commands: noted with the offset in one step, then applied. These tests guard the
 * rule, marked † by the design, that the store holds its own position in the log: whatever part of
 * it goes back in time is given again what it forgot.
 */
interface CommandLogContract extends StoreContract {
  /** Notes the commands at the end of the crawl's log, as a consumer that knows the offset. */
  private static Optional<Long> note(TestingCrawl crawl, List<NotedCommand> commands) {
    long first = commands.getFirst().position().offset();
    long last = commands.getLast().position().offset();
    return crawl.store.note(
        new NoteRequest(crawl.log.partition, crawl.log.topicId, first, last + 1, commands));
  }

  private static Optional<Long> offset(TestingCrawl crawl) {
    return Optional.ofNullable(crawl.store.offsets().get(crawl.log.partition))
        .filter(next -> next.topicId().equals(crawl.log.topicId))
        .map(NextOffset::offset);
  }

  private static List<NotedCommand> active(TestingCrawl crawl) {
    return crawl.store.active().getOrDefault(crawl.seed, List.of());
  }

  /** Does what a worker's scan does: applies each noted command; gives what came of them. */
  private static List<Applied> scan(TestingCrawl crawl) {
    return active(crawl).stream().map(crawl.store::apply).toList();
  }

  @Test
  default void notedCommandsRaiseTheOffsetAndAreKeptInOrder() {
    TestingCrawl crawl = TestingCrawl.unopened(backend());
    assertEquals(Optional.empty(), offset(crawl));
    List<NotedCommand> commands =
        List.of(crawl.log.append(crawl.open), crawl.log.append(crawl.pausing()));
    assertEquals(Optional.empty(), note(crawl, commands));
    assertEquals(Optional.of(2L), offset(crawl));
    assertEquals(commands, active(crawl));
    NotedCommand third = crawl.log.append(crawl.resumption());
    assertEquals(Optional.empty(), note(crawl, List.of(third)));
    assertEquals(Optional.of(3L), offset(crawl));
    assertEquals(third, active(crawl).getLast());
    assertEquals(Optional.empty(), crawl.store.progress(crawl.seed));
  }

  @Test
  default void whereTheOffsetIsAnotherItIsToldAndNothingIsNoted_daggerOffset() {
    TestingCrawl crawl = TestingCrawl.unopened(backend());
    NotedCommand skipped = crawl.log.append(crawl.open);
    NotedCommand second = crawl.log.append(crawl.pausing());
    assertEquals(Optional.of(0L), note(crawl, List.of(second)));
    assertEquals(Optional.empty(), offset(crawl));
    assertFalse(crawl.store.active().containsKey(crawl.seed));
    assertEquals(Optional.empty(), note(crawl, List.of(skipped, second)));
    assertEquals(Optional.of(2L), note(crawl, List.of(skipped)));
    assertEquals(Optional.of(2L), note(crawl, List.of(second)));
    assertEquals(List.of(skipped, second), active(crawl));
    assertEquals(Optional.of(2L), offset(crawl));
  }

  @Test
  default void aTopicMadeAnewIsNotedFromItsStart_daggerOffset() {
    TestingCrawl crawl = TestingCrawl.unopened(backend());
    note(crawl, List.of(crawl.log.append(crawl.open), crawl.log.append(crawl.pausing())));
    TestingCrawl anew = crawl.inTopic(UUID.randomUUID().toString());
    NotedCommand first = anew.log.append(anew.resumption());
    NotedCommand second = anew.log.append(anew.pausing());
    assertEquals(Optional.of(0L), note(anew, List.of(second)));
    assertEquals(Optional.empty(), note(anew, List.of(first, second)));
    assertEquals(Optional.of(2L), offset(anew));
    assertEquals(4, active(anew).size());
    assertEquals(second, active(anew).getLast());
  }

  @Test
  default void aBatchMayHoldCommandsOfManySeedsAndMalformedRecords() {
    TestingCrawl first = TestingCrawl.unopened(backend());
    TestingCrawl second = TestingCrawl.unopened(backend());
    String topic = UUID.randomUUID().toString();
    NotedCommand open = noted(topic, 3, first.open);
    NotedCommand other = noted(topic, 5, second.open);
    NotedCommand pause = noted(topic, 6, new Pause(first.seed, first.id()));
    CrawlStore store = backend().store();
    assertEquals(Optional.empty(), store.note(new NoteRequest(7, topic, 0, 3, List.of())));
    assertEquals(
        Optional.empty(), store.note(new NoteRequest(7, topic, 3, 9, List.of(open, other, pause))));
    assertEquals(new NextOffset(topic, 9), store.offsets().get(7));
    assertEquals(List.of(open, pause), active(first));
    assertEquals(List.of(other), active(second));
  }

  private static NotedCommand noted(String topic, long offset, Command command) {
    return new NotedCommand(new Position(topic, 7, offset), command);
  }

  @Test
  default void aCommandThatWasNotedButNotAppliedIsAppliedByTheScan_daggerOffset() {
    TestingCrawl crawl = TestingCrawl.unopened(backend());
    note(crawl, List.of(crawl.log.append(crawl.open), crawl.log.append(crawl.pausing())));
    assertEquals(List.of(Applied.DONE, Applied.DONE), scan(crawl));
    assertEquals(CrawlStatus.PAUSED, crawl.status());
    assertNoChange(
        crawl, () -> assertEquals(List.of(Applied.REPEATED, Applied.REPEATED), scan(crawl)));
  }

  /** A command is never under the offset without being under its seed. */
  @Test
  default void theOffsetAndTheNotesGoBackTogether_daggerOffset() {
    TestingCrawl crawl = TestingCrawl.unopened(backend());
    List<NotedCommand> commands = new ArrayList<>();
    List<Rollback> states = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      states.add(backend().snapshot());
      commands.add(crawl.log.append(i == 0 ? crawl.open : crawl.pausing()));
      note(crawl, List.of(commands.getLast()));
      crawl.store.apply(commands.getLast());
    }
    for (int i = 0; i < 4; i++) {
      states.get(i).restoreCommands();
      assertEquals(i, offset(crawl).orElse(0L));
      assertEquals(commands.subList(0, i), active(crawl));
    }
  }

  @Test
  default void ifTheNotesAloneGoBackTheyAreNotedAgainAndRepeated_daggerOffset() {
    TestingCrawl crawl = TestingCrawl.unopened(backend());
    Rollback before = backend().snapshot();
    List<NotedCommand> commands =
        List.of(crawl.log.append(crawl.open), crawl.log.append(crawl.pausing()));
    note(crawl, commands);
    scan(crawl);
    before.restoreCommands();
    NotedCommand third = crawl.log.append(crawl.resumption());
    assertEquals(Optional.of(0L), note(crawl, List.of(third)));
    Progress progress = crawl.progress();
    assertEquals(Optional.empty(), note(crawl, commands));
    assertEquals(List.of(Applied.REPEATED, Applied.REPEATED), scan(crawl));
    assertEquals(progress, crawl.progress());
    assertEquals(Optional.empty(), note(crawl, List.of(third)));
    assertEquals(List.of(Applied.REPEATED, Applied.REPEATED, Applied.DONE), scan(crawl));
    assertEquals(CrawlStatus.CRAWLING, crawl.status());
  }

  @Test
  default void ifASeedAloneGoesBackItsNotedCommandsAreAppliedAgain_daggerOffset() {
    TestingCrawl crawl = TestingCrawl.unopened(backend());
    Rollback empty = backend().snapshot();
    note(crawl, List.of(crawl.log.append(crawl.open)));
    scan(crawl);
    Rollback opened = backend().snapshot();
    note(crawl, List.of(crawl.log.append(crawl.pausing())));
    scan(crawl);
    opened.restoreSeed(crawl.seed);
    assertEquals(List.of(Applied.REPEATED, Applied.DONE), scan(crawl));
    assertEquals(CrawlStatus.PAUSED, crawl.status());
    empty.restoreSeed(crawl.seed);
    assertEquals(Optional.empty(), crawl.store.progress(crawl.seed));
    assertEquals(List.of(Applied.DONE, Applied.DONE), scan(crawl));
    assertEquals(CrawlStatus.PAUSED, crawl.status());
    assertNumbers(crawl, 1, 0, 0, 0);
  }

  @Test
  default void ifAllGoesBackAllIsNotedAndAppliedAgain_daggerOffset() {
    TestingCrawl first = TestingCrawl.unopened(backend());
    note(first, List.of(first.log.append(first.open)));
    scan(first);
    Rollback crawling = backend().snapshot();
    first.end();
    TestingCrawl second = first.next();
    NotedCommand next = second.log.append(second.open);
    note(second, List.of(next));
    assertEquals(Applied.DONE, second.store.apply(next));
    second.end();
    crawling.restore();
    assertEquals(Optional.of(1L), offset(second));
    assertEquals(Optional.empty(), note(second, List.of(next)));
    assertEquals(List.of(Applied.REPEATED, Applied.WAITING), scan(second));
    first.end();
    assertEquals(Applied.DONE, second.store.openWaiting(second.seed));
    second.end();
    assertEquals(second.ref(), second.progress().crawl());
    assertNumbers(second, 1, 1, 0, 0);
  }

  /** What the state forgot altogether is crawled all the same: a backup from before the submit. */
  @Test
  default void ifAllGoesBackToBeforeTheSubmitTheSeedIsCrawledAllTheSame_daggerOffset() {
    Rollback before = backend().snapshot();
    TestingCrawl crawl = TestingCrawl.unopened(backend());
    NotedCommand open = crawl.log.append(crawl.open);
    note(crawl, List.of(open));
    scan(crawl);
    TestingSession session = crawl.holder();
    session.claim(crawl.lane(), 1);
    before.restore();
    assertEquals(
        new TurnReply.Refused(Refusal.GONE),
        session.turn(TestingSession.LONG, Turns.on(crawl.lane()).crawled(crawl.start()).build()));
    assertEquals(Optional.empty(), note(crawl, List.of(open)));
    assertEquals(List.of(Applied.DONE), scan(crawl));
    assertEquals(
        new TurnReply.Refused(Refusal.STALE),
        session.turn(TestingSession.LONG, Turns.on(crawl.lane()).crawled(crawl.start()).build()));
    crawl.end();
    assertNumbers(crawl, 1, 1, 0, 0);
  }

  /** Else a command that the state forgot would count as applied for ever. */
  @Test
  default void aCommandIsNotAppliedBeforeTheOneThatPrecedesIt_daggerOffset() {
    TestingCrawl crawl = TestingCrawl.unopened(backend());
    NotedCommand open = crawl.log.append(crawl.open);
    NotedCommand pause = crawl.log.append(crawl.pausing());
    Optional<Position> after = Optional.of(open.position());
    assertEquals(Applied.EARLY, crawl.store.apply(pause, after));
    assertEquals(Applied.DONE, crawl.store.apply(open, Optional.empty()));
    assertEquals(Applied.DONE, crawl.store.apply(pause, after));
    assertEquals(Applied.REPEATED, crawl.store.apply(pause, after));
    assertEquals(CrawlStatus.PAUSED, crawl.status());
  }

  @Test
  default void theNotesOfSomeSeedsCanBeRead() {
    TestingCrawl one = TestingCrawl.unopened(backend());
    TestingCrawl other = TestingCrawl.unopened(backend());
    NotedCommand noted = one.log.append(one.open);
    long next = one.log.next();
    NoteRequest request =
        new NoteRequest(one.log.partition, one.log.topicId, 0, next, List.of(noted));
    assertEquals(Optional.empty(), one.store.note(request));
    assertEquals(Map.of(one.seed, List.of(noted)), one.store.noted(List.of(one.seed, other.seed)));
  }

  @Test
  default void aSeedIsRetiredOnlyIfItsCommandsAreStillThose() {
    TestingCrawl crawl = TestingCrawl.unopened(backend());
    List<NotedCommand> first = List.of(crawl.log.append(crawl.open));
    note(crawl, first);
    List<NotedCommand> second = List.of(crawl.log.append(crawl.pausing()));
    note(crawl, second);
    crawl.store.retire(crawl.seed, first);
    crawl.store.retire(crawl.seed, List.of());
    assertEquals(2, active(crawl).size());
    crawl.store.retire(crawl.seed, active(crawl));
    assertFalse(crawl.store.active().containsKey(crawl.seed));
    crawl.store.retire(crawl.seed, List.of());
  }

  @Test
  default void aSeedIsMadeActiveAgainWithoutCommandsUnlessItIs() {
    TestingCrawl crawl = TestingCrawl.unopened(backend());
    crawl.store.reactivate(crawl.seed);
    assertEquals(List.of(), crawl.store.active().get(crawl.seed));
    List<NotedCommand> commands = List.of(crawl.log.append(crawl.open));
    note(crawl, commands);
    crawl.store.reactivate(crawl.seed);
    assertEquals(commands, crawl.store.active().get(crawl.seed));
    crawl.store.retire(crawl.seed, commands);
    crawl.store.reactivate(crawl.seed);
    assertEquals(List.of(), crawl.store.active().get(crawl.seed));
    crawl.store.retire(crawl.seed, List.of());
    assertFalse(crawl.store.active().containsKey(crawl.seed));
  }

  @Test
  default void everySeedThatWasEverSubmittedIsListedOnce() {
    List<Seed> submitted = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      TestingCrawl crawl = TestingCrawl.unopened(backend());
      submitted.add(crawl.seed);
      note(crawl, List.of(crawl.log.append(crawl.open)));
      note(crawl, List.of(crawl.log.append(crawl.pausing())));
      crawl.store.retire(crawl.seed, active(crawl));
      backend().pass(Duration.ofMillis(2));
    }
    List<Seed> listed = new ArrayList<>();
    List<Seed> page;
    do {
      page = backend().store().seeds(listed.size(), 2);
      assertTrue(page.size() <= 2);
      listed.addAll(page);
    } while (!page.isEmpty());
    listed.retainAll(submitted);
    assertEquals(submitted, listed);
  }
}
