package io.fcrawler.store;

import io.fcrawler.lane.Lane;
import io.fcrawler.seed.Seed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** A store under test, with what a contract must be able to do to it. */
public interface StoreBackend {
  CrawlStore store();

  /** Lets at least this much of the store's time pass. */
  void pass(Duration duration);

  /** A clock that runs as the store's does, though it may show another time. */
  InstantSource clock();

  /** Remembers the whole state. */
  Rollback snapshot();

  /** Loses what waits in a lane of the current crawl, as by an eviction. */
  void loseQueue(Seed seed, Lane lane);

  /** Loses that a lane of the current crawl was opened. */
  void loseOpening(Seed seed, Lane lane);

  /** A value that is equal for equal states; empty where the backend has none. */
  default Optional<Object> image() {
    return Optional.empty();
  }

  /** A state remembered. May be restored any number of times; the store's time goes on. */
  interface Rollback {
    /** Puts all of it back. */
    void restore();

    /** Puts back {@code {fcrawler}} alone: offsets, active seeds, the list of all seeds. */
    void restoreCommands();

    /** Puts back one seed alone; one that was not there then is not there any more. */
    void restoreSeed(Seed seed);
  }
}
