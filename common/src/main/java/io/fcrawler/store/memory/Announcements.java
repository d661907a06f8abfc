package io.fcrawler.store.memory;

import io.fcrawler.lane.Lane;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.Announcement;
import io.fcrawler.store.CrawlStore.Subscription;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Calls the listeners, on the thread that makes the news. To be used without the lock. */
final class Announcements {
  private final List<Consumer<Announcement>> listeners = new CopyOnWriteArrayList<>();

  Subscription listen(Consumer<Announcement> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  void lanes(Seed seed, Collection<Lane> lanes) {
    lanes.forEach(lane -> announce(new Announcement(seed, Optional.of(lane))));
  }

  void seed(Seed seed) {
    announce(new Announcement(seed, Optional.empty()));
  }

  private void announce(Announcement news) {
    listeners.forEach(listener -> listener.accept(news));
  }

  void close() {
    listeners.clear();
  }
}
