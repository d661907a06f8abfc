package io.fcrawler.worker.own;

import io.fcrawler.lane.Lane;
import io.fcrawler.lane.Slots;
import io.fcrawler.store.SeedState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** The slots that this worker has, and since when. Thread-safe. */
final class Slotted {
  private final LongSupplier nanos;
  private final Map<Integer, Long> since = new HashMap<>();

  Slotted(LongSupplier nanos) {
    this.nanos = nanos;
  }

  synchronized void add(Set<Integer> slots) {
    slots.forEach(slot -> since.put(slot, nanos.getAsLong()));
  }

  synchronized void remove(Set<Integer> slots) {
    since.keySet().removeAll(slots);
  }

  synchronized Set<Integer> all() {
    return Set.copyOf(since.keySet());
  }

  synchronized boolean has(int slot) {
    return since.containsKey(slot);
  }

  /** Since when this worker may ask a host, on the monotonic clock; now where it may not. */
  synchronized long sinceNs(String host) {
    return since.getOrDefault(Slots.of(host), nanos.getAsLong());
  }

  /** The lanes of a crawl that are in these slots. */
  List<Lane> lanesOf(SeedState state) {
    return state.lanes().stream().filter(lane -> has(state.slot(lane))).toList();
  }
}
