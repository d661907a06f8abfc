package io.fcrawler.store.memory;

import io.fcrawler.seed.Seed;
import io.fcrawler.store.NextOffset;
import io.fcrawler.store.NoteRequest;
import io.fcrawler.store.NotedCommand;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept under {@code {fcrawler}}: offsets, active seeds with their noted commands, seeds.
 */
final class CommandShard extends StatePart {
  private final Map<Integer, NextOffset> offsets;
  private final Map<Seed, List<NotedCommand>> active;
  private final Map<Seed, Instant> submitted;

  CommandShard() {
    offsets = new HashMap<>();
    active = new LinkedHashMap<>();
    submitted = new HashMap<>();
  }

  private CommandShard(CommandShard other) {
    offsets = new HashMap<>(other.offsets);
    active = new LinkedHashMap<>(other.active);
    submitted = new HashMap<>(other.submitted);
  }

  CommandShard copy() {
    return new CommandShard(this);
  }

  Map<Integer, NextOffset> offsets() {
    return Map.copyOf(offsets);
  }

  Optional<Long> note(NoteRequest request, Instant now) {
    long stored = stored(request.partition(), request.topicId());
    if (stored != request.expected()) {
      return Optional.of(stored);
    }
    offsets.put(request.partition(), new NextOffset(request.topicId(), request.next()));
    request.commands().forEach(noted -> note(noted, now));
    return Optional.empty();
  }

  private long stored(int partition, String topicId) {
    NextOffset next = offsets.get(partition);
    return next == null || !next.topicId().equals(topicId) ? 0 : next.offset();
  }

  private void note(NotedCommand noted, Instant now) {
    Seed seed = noted.command().seed();
    List<NotedCommand> commands = new ArrayList<>(active.getOrDefault(seed, List.of()));
    if (!commands.contains(noted)) {
      commands.add(noted);
    }
    active.put(seed, List.copyOf(commands));
    submitted.putIfAbsent(seed, now);
  }

  Map<Seed, List<NotedCommand>> active() {
    return Map.copyOf(active);
  }

  boolean retire(Seed seed, List<NotedCommand> commands) {
    return active.remove(seed, commands);
  }

  boolean reactivate(Seed seed) {
    return active.putIfAbsent(seed, List.of()) == null;
  }

  List<Seed> seeds(long from, int limit) {
    return submitted.entrySet().stream()
        .sorted(
            Comparator.comparingLong(
                    (Map.Entry<Seed, Instant> entry) -> entry.getValue().toEpochMilli())
                .thenComparing(entry -> entry.getKey().id()))
        .skip(from)
        .limit(limit)
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  List<?> content() {
    return List.of(offsets, active, submitted);
  }
}
