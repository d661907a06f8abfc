package io.fcrawler.store.memory;

import io.fcrawler.lane.Lane;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.Announcement;
import io.fcrawler.store.Announcement.CrawlChanged;
import io.fcrawler.store.Announcement.LaneReady;
import io.fcrawler.store.CrawlStore.Subscription;
import java.util.Collection;
import java.util.List;
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
    lanes.forEach(lane -> announce(new LaneReady(seed, lane)));
  }

  void seed(Seed seed) {
    announce(new CrawlChanged(seed));
  }

  void announce(Announcement news) {
    listeners.forEach(listener -> listener.accept(news));
  }

  void close() {
    listeners.clear();
  }
}
