package io.fcrawler.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCachesTest {
  @TempDir Path root;

  @Test
  void aCacheIsUsedWhereThereIsOne() throws IOException {
    AotCaches caches = AotCaches.in(root);
    assertEquals(List.of(), caches.options("kafka"));

    Path cache = root.resolve("infra/standalone/target/aot/kafka.aot");
    Files.createDirectories(cache.getParent());
    Files.createFile(cache);

    assertEquals(List.of("-XX:AOTCache=" + cache), caches.options("kafka"));
    assertEquals(List.of(), caches.options("submit-api"));
  }

  @Test
  void aTrainingUsesNoneAndRecordsForTheOneThatIsMade() throws IOException {
    AotCaches caches = AotCaches.recordingIn(root);
    Files.createFile(caches.cache("kafka"));
    String recording = "-XX:AOTConfiguration=" + root.resolve("kafka.recording");

    assertEquals(List.of("-XX:AOTMode=record", recording), caches.options("kafka"));
    assertEquals(
        List.of("-XX:AOTMode=create", recording, "-XX:AOTCache=" + root.resolve("kafka.aot")),
        caches.optionsToMake("kafka"));
  }
}
