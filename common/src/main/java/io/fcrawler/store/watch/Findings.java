package io.fcrawler.store.watch;

import io.fcrawler.store.watch.Finding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is wrong by Redis's own account. A field that is absent counts as well. */
final class Findings {
  private static final double FULL = 0.85;
  private static final Finding AOF_DISABLED =
      new Finding(
          Kind.AOF_DISABLED,
          "keeps no append-only file, so a restart loses crawls",
          "redis-cli CONFIG SET appendonly yes, and appendonly yes in redis.conf");
  private static final Finding AOF_WRITE_FAILED =
      new Finding(
          Kind.AOF_WRITE_FAILED,
          "could not write its append-only file, and so takes no writes",
          "free space on its disk (redis-cli CONFIG GET dir tells where), and see its log");
  private static final Finding AOF_REWRITE_FAILED =
      new Finding(
          Kind.AOF_REWRITE_FAILED,
          "could not rewrite its append-only file, which now only grows",
          "see its log, free memory and disk space, then redis-cli BGREWRITEAOF");

  private Findings() {}

  /**
   * Judges the sections persistence and memory of INFO.
   *
   * @param info value by field, such as {@code aof_enabled}
   */
  static List<Finding> in(Map<String, String> info) {
    List<Finding> found = new ArrayList<>();
    if (is(info, "aof_enabled", "0")) {
      found.add(AOF_DISABLED);
    }
    if (is(info, "aof_last_write_status", "err")) {
      found.add(AOF_WRITE_FAILED);
    }
    if (is(info, "aof_last_bgrewrite_status", "err")) {
      found.add(AOF_REWRITE_FAILED);
    }
    eviction(info.getOrDefault("maxmemory_policy", "noeviction")).ifPresent(found::add);
    memory(info).ifPresent(found::add);
    return List.copyOf(found);
  }

  private static boolean is(Map<String, String> info, String field, String value) {
    return value.equals(info.get(field));
  }

  private static Optional<Finding> eviction(String policy) {
    return policy.equals("noeviction")
        ? Optional.empty()
        : Optional.of(
            new Finding(
                Kind.EVICTION_POLICY,
                "would drop parts of crawls when memory is short (maxmemory-policy " + policy + ")",
                "redis-cli CONFIG SET maxmemory-policy noeviction, and the same in redis.conf"));
  }

  private static Optional<Finding> memory(Map<String, String> info) {
    long limit = bytes(info, "maxmemory");
    return limit > 0
        ? memory(info, limit, "maxmemory", "redis-cli CONFIG SET maxmemory to more")
        : memory(
            info, bytes(info, "total_system_memory"), "machine's memory", "get it more memory");
  }

  private static Optional<Finding> memory(
      Map<String, String> info, long limit, String what, String remedy) {
    long used = bytes(info, "used_memory");
    if (limit == 0 || used <= FULL * limit) {
      return Optional.empty();
    }
    String problem = "uses %s of its %s of %s".formatted(mib(used), what, mib(limit));
    return Optional.of(
        new Finding(
            Kind.MEMORY_LOW, problem, remedy + ", or cancel crawls: at the limit all stop"));
  }

  /** 0 where the field is absent. */
  static long bytes(Map<String, String> info, String field) {
    return Long.parseLong(info.getOrDefault(field, "0"));
  }

  static String mib(long bytes) {
    return (bytes >> 20) + " MiB";
  }
}
