package io.fcrawler.lane;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;

/**
 * The partition of {@code fcrawler.commands} whose assignee owns a lane. All lanes of a host that
 * needs pacing are in one slot, of whatever seed, so that one worker paces them; those of others
 * may be spread.
 */
public final class Slots {
  /** Partitions of {@code fcrawler.commands}; fixed when the deployment first starts. */
  public static final int COUNT = 64;

  private static final HashFunction HASH = Hashing.murmur3_32_fixed();

  private Slots() {}

  /** The slot of a host, and of the commands of its seeds. */
  public static int of(String host) {
    return Math.floorMod(HASH.hashString(host, StandardCharsets.UTF_8).asInt(), COUNT);
  }

  /** The slot of a lane of a host whose lanes are spread. */
  public static int of(Lane lane) {
    return of(lane.name());
  }
}
