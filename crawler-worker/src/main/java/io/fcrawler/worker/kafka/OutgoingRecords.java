package io.fcrawler.worker.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Records that are not acknowledged, those among them that Kafka refused, and why. While it refuses
 * there is a fault, and no more are let in. Calls nobody; thread-safe.
 */
final class OutgoingRecords {
  private final LongSupplier nanos;
  private final long mostBytes;

  /** Each with the monotonic time of its entry, the oldest first. */
  private final Map<OutgoingRecord, Long> pending = new LinkedHashMap<>();

  private long bytes;
  private final Deque<OutgoingRecord> refused = new ArrayDeque<>();

  /** The refused record that is being tried again. */
  private Optional<OutgoingRecord> probe = Optional.empty();

  private Optional<String> fault = Optional.empty();

  /**
   * @param mostBytes of all records, before compression; a larger one comes alone
   */
  OutgoingRecords(long mostBytes, LongSupplier nanos) {
    this.mostBytes = mostBytes;
    this.nanos = nanos;
  }

  /** Lets a record in, once there is no fault, and room. */
  synchronized void enter(OutgoingRecord record) throws InterruptedException {
    while (fault.isPresent() || (bytes > 0 && bytes + record.bytes() > mostBytes)) {
      wait();
    }
    pending.put(record, nanos.getAsLong());
    bytes += record.bytes();
  }

  /** A record is settled, or given up. */
  synchronized void ended(OutgoingRecord record) {
    if (pending.remove(record) != null) {
      bytes -= record.bytes();
      notifyAll();
    }
  }

  /** Keeps a refused record; whether another try is to be planned for it. */
  synchronized boolean refused(OutgoingRecord record, String why) {
    boolean again = probe.filter(it -> it == record).isPresent();
    if (again) {
      probe = Optional.empty();
      refused.addFirst(record);
    } else {
      refused.addLast(record);
    }
    return faulty(why) || again;
  }

  /** Notes a fault that no record met; whether it is news. */
  synchronized boolean faulty(String why) {
    boolean news = fault.isEmpty();
    fault = Optional.of(why);
    return news;
  }

  /** What keeps all records from going out, in a few words. */
  synchronized Optional<String> fault() {
    return fault;
  }

  /** The refused record to try again, the only one until it is over; none where none met it. */
  synchronized Optional<OutgoingRecord> nextProbe() {
    probe = Optional.ofNullable(refused.pollFirst());
    return probe;
  }

  synchronized boolean isProbe(OutgoingRecord record) {
    return probe.filter(it -> it == record).isPresent();
  }

  /** Ends the fault; gives the refused records, which are to be put out again. */
  synchronized List<OutgoingRecord> over() {
    fault = Optional.empty();
    probe = Optional.empty();
    List<OutgoingRecord> kept = List.copyOf(refused);
    refused.clear();
    notifyAll();
    return kept;
  }

  /** Records not yet acknowledged. */
  synchronized int count() {
    return pending.size();
  }

  /** Their bytes before compression. */
  synchronized long bytes() {
    return bytes;
  }

  synchronized List<OutgoingRecord> all() {
    return List.copyOf(pending.keySet());
  }

  /** Whether some record has waited for longer than this. */
  synchronized boolean stalled(Duration longerThan) {
    return !pending.isEmpty()
        && nanos.getAsLong() - pending.values().iterator().next() > longerThan.toNanos();
  }
}
