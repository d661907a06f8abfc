package io.fcrawler.store.memory;

import io.fcrawler.seed.Seed;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.NextOffset;
import io.fcrawler.store.NoteRequest;
import io.fcrawler.store.NotedCommand;
import io.fcrawler.store.SeedPage;
import io.fcrawler.store.SeedQuery;
import io.fcrawler.store.SeedQuery.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is kept under {@code {fcrawler}}: offsets, active seeds with their noted commands, seeds.
 */
final class CommandShard extends StatePart {
  private final Map<Integer, NextOffset> offsets;
  private final Map<Seed, List<NotedCommand>> active;
  private final Map<Seed, Instant> submitted;
  private final Map<Seed, CrawlStatus> indexed;
  private final Set<Seed> damaged;

  CommandShard() {
    offsets = new HashMap<>();
    active = new LinkedHashMap<>();
    submitted = new HashMap<>();
    indexed = new HashMap<>();
    damaged = new HashSet<>();
  }

  private CommandShard(CommandShard other) {
    offsets = new HashMap<>(other.offsets);
    active = new LinkedHashMap<>(other.active);
    submitted = new HashMap<>(other.submitted);
    indexed = new HashMap<>(other.indexed);
    damaged = new HashSet<>(other.damaged);
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
    return inOrder(Comparator.naturalOrder()).skip(from).limit(limit).map(Ordered::seed).toList();
  }

  boolean index(Map<Seed, CrawlStatus> statuses, Instant now) {
    statuses.keySet().forEach(seed -> submitted.putIfAbsent(seed, now));
    indexed.putAll(statuses);
    return true;
  }

  Set<Seed> damaged() {
    return Set.copyOf(damaged);
  }

  boolean noteDamaged(Set<Seed> seeds, Set<Seed> well) {
    damaged.removeAll(well);
    return damaged.addAll(seeds);
  }

  SeedPage list(SeedQuery query) {
    List<Ordered> found =
        inOrder(Comparator.reverseOrder())
            .filter(each -> query.after().isEmpty() || each.isAfter(query.after().get()))
            .filter(each -> each.seed().id().contains(query.part()))
            .filter(
                each -> query.status().isEmpty() || query.status().equals(statusOf(each.seed())))
            .limit(query.limit())
            .toList();
    return new SeedPage(
        found.stream().map(Ordered::seed).toList(),
        found.size() < query.limit()
            ? Optional.empty()
            : Optional.of(new Place(found.getLast().timeMs(), found.getLast().seed().id())));
  }

  private Optional<CrawlStatus> statusOf(Seed seed) {
    return Optional.ofNullable(indexed.get(seed));
  }

  private Stream<Ordered> inOrder(Comparator<Ordered> order) {
    return submitted.entrySet().stream()
        .map(entry -> new Ordered(entry.getValue().toEpochMilli(), entry.getKey()))
        .sorted(order);
  }

  /** A seed in the order of the list, by its time. */
  private record Ordered(long timeMs, Seed seed) implements Comparable<Ordered> {
    private static final Comparator<Ordered> ORDER =
        Comparator.comparingLong(Ordered::timeMs).thenComparing(each -> each.seed().id());

    boolean isAfter(Place place) {
      return compareTo(new Ordered(place.timeMs(), new Seed(place.seed()))) < 0;
    }

    @Override
    public int compareTo(Ordered other) {
      return ORDER.compare(this, other);
    }
  }

  @Override
  List<?> content() {
    return List.of(offsets, active, submitted, indexed, damaged);
  }
}
