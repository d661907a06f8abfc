package io.fcrawler.store.memory;

import io.fcrawler.store.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A lane: who holds it, and the entries that wait, are in flight, or are delayed. */
final class LaneState extends StatePart {
  /** An entry and the time from which it may be claimed; earlier ones come first. */
  private record Delayed(Instant due, Entry entry) implements Comparable<Delayed> {
    private static final Comparator<Delayed> ORDER =
        Comparator.comparing(Delayed::due)
            .thenComparingLong(delayed -> delayed.entry().fingerprint());

    @Override
    public int compareTo(Delayed other) {
      return ORDER.compare(this, other);
    }
  }

  private final Deque<Entry> queue;
  private final Map<Long, Entry> inFlight;
  private final TreeSet<Delayed> delayed;
  private @Nullable String holder;
  private Instant until;
  private boolean opened;

  LaneState() {
    queue = new ArrayDeque<>();
    inFlight = new LinkedHashMap<>();
    delayed = new TreeSet<>();
    until = Instant.EPOCH;
  }

  private LaneState(LaneState other) {
    queue = new ArrayDeque<>(other.queue);
    inFlight = new LinkedHashMap<>(other.inFlight);
    delayed = new TreeSet<>(other.delayed);
    holder = other.holder;
    until = other.until;
    opened = other.opened;
  }

  LaneState copy() {
    return new LaneState(this);
  }

  boolean heldBy(String session) {
    return session.equals(holder);
  }

  boolean held() {
    return holder != null;
  }

  /** How long the holder may still count on the lane; zero or less where its lease has ended. */
  Duration remaining(Instant now) {
    return Duration.between(now, until);
  }

  void hold(String session, Instant end) {
    holder = session;
    until = end;
  }

  void free() {
    holder = null;
    until = Instant.EPOCH;
  }

  /** Whether an entry was ever put in. */
  boolean opened() {
    return opened;
  }

  /** Opens a lane that holds entries; whether it was not open. */
  boolean reopen() {
    boolean unlisted = !opened && queued() + inFlight() + delayed() > 0;
    opened |= unlisted;
    return unlisted;
  }

  /** Loses what waits, as by a fault. */
  void loseQueue() {
    queue.clear();
  }

  /** Loses that it was opened, as by a fault. */
  void loseOpening() {
    opened = false;
  }

  /** Appends to the queue; true where that was empty. */
  boolean push(Entry entry) {
    boolean first = queue.isEmpty();
    queue.addLast(entry);
    opened = true;
    return first;
  }

  /** Puts entries back at the head of the queue, the shallowest first. */
  void putBack(List<Entry> entries) {
    entries.stream()
        .sorted(Comparator.comparingInt(Entry::depth))
        .toList()
        .reversed()
        .forEach(queue::addFirst);
  }

  void delay(Entry entry, Instant due) {
    delayed.add(new Delayed(due, entry));
  }

  /** Takes everything out of flight. */
  List<Entry> ground() {
    List<Entry> entries = List.copyOf(inFlight.values());
    inFlight.clear();
    return entries;
  }

  /** Takes one entry out of flight; empty where it is not in flight here. */
  Optional<Entry> settle(long fingerprint) {
    return Optional.ofNullable(inFlight.remove(fingerprint));
  }

  /**
   * Takes up to {@code count} entries into flight: retries that are due, then the queue's head, or
   * the other way round.
   */
  List<Entry> claim(int count, Instant now, boolean queueFirst) {
    List<Entry> claimed = new ArrayList<>();
    if (queueFirst) {
      takeQueued(claimed, count);
    }
    while (claimed.size() < count && !delayed.isEmpty() && !delayed.first().due().isAfter(now)) {
      claimed.add(delayed.removeFirst().entry());
    }
    takeQueued(claimed, count);
    claimed.forEach(entry -> inFlight.put(entry.fingerprint(), entry));
    return claimed;
  }

  private void takeQueued(List<Entry> claimed, int count) {
    while (claimed.size() < count && !queue.isEmpty()) {
      claimed.add(queue.removeFirst());
    }
  }

  /** When the first retry is due. */
  Optional<Instant> nextDue() {
    return delayed.isEmpty() ? Optional.empty() : Optional.of(delayed.first().due());
  }

  int queued() {
    return queue.size();
  }

  int inFlight() {
    return inFlight.size();
  }

  int delayed() {
    return delayed.size();
  }

  @Override
  List<?> content() {
    return List.of(
        List.copyOf(queue),
        List.copyOf(inFlight.values()),
        List.copyOf(delayed),
        Optional.ofNullable(holder),
        until,
        opened);
  }
}
