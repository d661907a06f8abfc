package io.fcrawler.store.memory;

import io.fcrawler.seed.Seed;
import io.fcrawler.store.Refusal;
import io.fcrawler.store.SessionRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** All shards, the one lock that guards them, and the clock. */
final class MemoryState {
  private final InstantSource clock;
  private final Object lock = new Object();
  private CommandShard commands = new CommandShard();
  private Map<Seed, SeedShard> seeds = new HashMap<>();

  MemoryState(InstantSource clock) {
    this.clock = clock;
  }

  <R> R onCommands(BiFunction<CommandShard, Instant, R> step) {
    synchronized (lock) {
      return step.apply(commands, clock.instant());
    }
  }

  /** Runs a transition of a seed, whose shard is made where there is none and one is needed. */
  <R> R change(Seed seed, BiFunction<SeedShard, Instant, R> transition) {
    synchronized (lock) {
      SeedShard shard = seeds.getOrDefault(seed, new SeedShard());
      R result = transition.apply(shard, clock.instant());
      if (!shard.isEmpty()) {
        seeds.put(seed, shard);
      }
      return result;
    }
  }

  /** Runs a step on a seed, if there is anything of it. */
  <R> Optional<R> onExisting(Seed seed, BiFunction<SeedShard, Instant, Optional<R>> step) {
    synchronized (lock) {
      return Optional.ofNullable(seeds.get(seed))
          .flatMap(shard -> step.apply(shard, clock.instant()));
    }
  }

  /** Executes a session's call, or refuses it before anything changes. */
  <R> R inSession(
      SessionRef session,
      Optional<Duration> lease,
      BiFunction<CrawlState, Instant, R> transition,
      Function<Refusal, R> refused) {
    synchronized (lock) {
      Instant now = clock.instant();
      SeedShard seed = seeds.getOrDefault(session.crawl().seed(), new SeedShard());
      Optional<Refusal> refusal = seed.refusal(session, now);
      if (refusal.isPresent()) {
        return refused.apply(refusal.get());
      }
      CrawlState crawl = seed.current().orElseThrow();
      crawl.sessions().accept(session, lease, now);
      return transition.apply(crawl, now);
    }
  }

  Snapshot snapshot() {
    synchronized (lock) {
      return new Snapshot(commands, seeds);
    }
  }

  void restore(Snapshot snapshot) {
    synchronized (lock) {
      commands = snapshot.commands();
      seeds = snapshot.seeds();
    }
  }

  void restoreCommands(Snapshot snapshot) {
    synchronized (lock) {
      commands = snapshot.commands();
    }
  }

  void restoreSeed(Snapshot snapshot, Seed seed) {
    synchronized (lock) {
      seeds.remove(seed);
      snapshot.seed(seed).ifPresent(shard -> seeds.put(seed, shard));
    }
  }
}
