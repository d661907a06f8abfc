package io.fcrawler.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A store that was found empty. */
interface EmptyStateContract extends StoreContract {
  private static EmptyFinding finding(Optional<Duration> rest) {
    return new EmptyFinding(rest, 7, Instant.ofEpochMilli(1_234));
  }

  @Test
  default void aStoreThatWasNeverFoundEmptyHasNoRest() {
    assertEquals(Optional.empty(), backend().store().emptyState());
    assertFalse(backend().store().endRest());
    assertEquals(Optional.empty(), backend().store().emptyState());
  }

  @Test
  default void whoFindsItFirstSetsTheRestForAll() {
    CrawlStore store = backend().store();
    assertTrue(store.noteEmpty(finding(Optional.of(Duration.ofHours(1)))));
    backend().pass(Duration.ofMillis(50));
    assertFalse(store.noteEmpty(finding(Optional.empty())));
    EmptyState noted = store.emptyState().orElseThrow();
    assertTrue(noted.rests());
    assertFalse(noted.waits());
    assertEquals(7, noted.commands());
    assertEquals(Instant.ofEpochMilli(1_234), noted.oldest());
    assertTrue(noted.age().compareTo(Duration.ofMillis(50)) >= 0);
    assertTrue(noted.left().compareTo(Duration.ofHours(1).minusMillis(50)) <= 0);
    assertTrue(noted.left().compareTo(Duration.ofMinutes(30)) > 0);
  }

  @Test
  default void theRestEndsByItself() {
    CrawlStore store = backend().store();
    store.noteEmpty(finding(Optional.of(Duration.ofMillis(20))));
    backend().pass(Duration.ofMillis(30));
    EmptyState noted = store.emptyState().orElseThrow();
    assertFalse(noted.rests());
    assertEquals(Duration.ZERO, noted.left());
    assertFalse(store.endRest());
  }

  @Test
  default void noRestIsNoTimeAtAll() {
    CrawlStore store = backend().store();
    store.noteEmpty(finding(Optional.of(Duration.ZERO)));
    assertFalse(store.emptyState().orElseThrow().rests());
  }

  @Test
  default void aRestThatWaitsEndsWhenSomebodyEndsIt() {
    CrawlStore store = backend().store();
    store.noteEmpty(finding(Optional.empty()));
    backend().pass(Duration.ofMillis(30));
    assertTrue(store.emptyState().orElseThrow().waits());
    assertTrue(store.emptyState().orElseThrow().rests());
    assertTrue(store.endRest());
    assertFalse(store.emptyState().orElseThrow().rests());
    assertFalse(store.endRest());
    assertFalse(store.noteEmpty(finding(Optional.empty())));
  }

  @Test
  default void aRestMayBeEndedBeforeItsTime() {
    CrawlStore store = backend().store();
    store.noteEmpty(finding(Optional.of(Duration.ofHours(1))));
    assertTrue(store.endRest());
    assertFalse(store.emptyState().orElseThrow().rests());
  }
}
