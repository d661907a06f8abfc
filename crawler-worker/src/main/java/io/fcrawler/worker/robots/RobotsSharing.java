package io.fcrawler.worker.robots;

import io.fcrawler.store.RobotsStore;
import io.fcrawler.store.RobotsStore.Copy;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The robots.txt files of all workers, as far as the store can be asked: it never fails. */
final class RobotsSharing {
  private static final Logger LOG = LoggerFactory.getLogger(RobotsSharing.class);

  private final RobotsStore store;

  RobotsSharing(RobotsStore store) {
    this.store = store;
  }

  /** What another worker has fetched, or this one before its start. */
  Optional<Copy> get(String site) throws InterruptedException {
    try {
      return store.get(site);
    } catch (RuntimeException e) {
      LOG.debug("the robots.txt of {} is fetched, as the store was no help", site, e);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return Optional.empty();
    }
  }

  void put(String site, Copy copy) {
    try {
      store.put(site, copy);
    } catch (RuntimeException e) {
      LOG.debug("the robots.txt of {} is not shared", site, e);
    }
  }
}
