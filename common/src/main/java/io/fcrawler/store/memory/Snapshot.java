package io.fcrawler.store.memory;

import io.fcrawler.seed.Seed;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of a {@link MemoryCrawlStore} at one instant. Immutable; may be restored any number of
 * times, to any store. Two are equal where the states are, the times in them included.
 */
public final class Snapshot {
  private final CommandShard commands;
  private final Map<Seed, SeedShard> seeds;

  Snapshot(CommandShard commands, Map<Seed, SeedShard> seeds) {
    this.commands = commands.copy();
    this.seeds = copy(seeds);
  }

  private static Map<Seed, SeedShard> copy(Map<Seed, SeedShard> seeds) {
    Map<Seed, SeedShard> copy = new HashMap<>(seeds);
    copy.replaceAll((_, shard) -> shard.copy());
    return copy;
  }

  /** A copy that may be changed. */
  CommandShard commands() {
    return commands.copy();
  }

  /** A copy that may be changed. */
  Map<Seed, SeedShard> seeds() {
    return copy(seeds);
  }

  /** A copy that may be changed, of one seed. */
  Optional<SeedShard> seed(Seed seed) {
    return Optional.ofNullable(seeds.get(seed)).map(SeedShard::copy);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Snapshot snapshot
        && commands.equals(snapshot.commands)
        && seeds.equals(snapshot.seeds);
  }

  @Override
  public int hashCode() {
    return 31 * commands.hashCode() + seeds.hashCode();
  }

  @Override
  public String toString() {
    return commands + " " + seeds;
  }
}
