package io.fcrawler.store.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.fcrawler.store.watch.Finding.Kind;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindingsTest {
  private static final Map<String, String> WELL =
      Map.of(
          "aof_enabled", "1",
          "aof_last_write_status", "ok",
          "aof_last_bgrewrite_status", "ok",
          "maxmemory_policy", "noeviction",
          "maxmemory", "0",
          "used_memory", "850",
          "total_system_memory", "1000");

  @TempDir Path folder;

  @Test
  void nothingIsFoundWhereAllIsWellOrNothingIsTold() {
    assertEquals(List.of(), Findings.in(WELL));
    assertEquals(List.of(), Findings.in(Map.of("redis_version", "7.0.15")));
  }

  @ParameterizedTest
  @CsvSource({
    "aof_enabled,0,AOF_DISABLED,appendonly yes",
    "aof_last_write_status,err,AOF_WRITE_FAILED,free space",
    "aof_last_bgrewrite_status,err,AOF_REWRITE_FAILED,redis-cli BGREWRITEAOF",
    "maxmemory_policy,allkeys-lru,EVICTION_POLICY,maxmemory-policy noeviction",
    "maxmemory,999,MEMORY_LOW,CONFIG SET maxmemory",
    "used_memory,851,MEMORY_LOW,more memory",
  })
  void eachFieldIsJudged(String field, String value, Kind kind, String remedy) {
    Map<String, String> info = new HashMap<>(WELL);
    info.put(field, value);
    List<Finding> found = Findings.in(info);

    assertEquals(List.of(kind), found.stream().map(Finding::kind).toList());
    assertEquals(true, found.getFirst().remedy().contains(remedy), found.toString());
  }

  @Test
  void aDiskMustHoldARewriteOfTheAppendOnlyFile() {
    long gib = 1L << 30;
    assertEquals(Optional.empty(), RedisDisk.finding(folder, gib, gib));
    assertEquals(Optional.empty(), RedisDisk.finding(folder, gib / 4, 0));
    assertEquals(
        Optional.of(
            "has 1023 MiB of disk left, but a rewrite of its append-only file may need 1024 MiB"),
        RedisDisk.finding(folder, gib - 1, gib).map(Finding::problem));
    assertFalse(RedisDisk.finding(folder, gib / 4 - 1, 0).isEmpty());
  }

  @Test
  void aFolderIsMeasuredWhereItIsThere() {
    assertEquals(Optional.empty(), RedisDisk.finding(folder, 1000));
    assertFalse(RedisDisk.finding(folder, Long.MAX_VALUE).isEmpty());
    assertEquals(Optional.empty(), RedisDisk.finding(folder.resolve("absent"), Long.MAX_VALUE));
  }
}
