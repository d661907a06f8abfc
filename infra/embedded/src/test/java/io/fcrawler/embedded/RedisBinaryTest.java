package io.fcrawler.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisBinaryTest {
  @TempDir Path dir;

  @Test
  void theNamedProgramComesFirst() throws IOException {
    Path named = script("named", "Redis server v=7.4.2 sha=0");
    Path onPath = script("redis-server", "Redis server v=7.0.15 sha=0");

    RedisBinary found =
        RedisBinary.find(Map.of("REDIS_SERVER", named.toString(), "PATH", dir.toString()));

    assertEquals(named, found.server());
    assertEquals("7.4.2", found.version());
    assertEquals(onPath, RedisBinary.find(Map.of("PATH", dir.toString())).server());
  }

  @Test
  void aNamedProgramThatIsTooOldOrAbsentIsRefused() throws IOException {
    Path old = script("old", "Redis server v=6.2.14 sha=0");

    for (String named : new String[] {old.toString(), "/nowhere/redis-server", "nowhere"}) {
      var refused =
          assertThrows(
              EmbeddedServerException.class,
              () -> RedisBinary.find(Map.of("REDIS_SERVER", named, "PATH", dir.toString())));
      assertTrue(String.valueOf(refused.getMessage()).contains(named), refused.getMessage());
    }
  }

  @Test
  void anOldOneOnThePathIsPassedOver() throws IOException {
    script("redis-server", "Redis server v=6.2.14 sha=0");

    RedisBinary found = RedisBinary.find(Map.of("PATH", dir.toString()));

    assertEquals("from embedded-redis", found.origin());
    assertEquals("7.0.15", found.version());
  }

  @Test
  void withoutAPathTheBundledOneIsUnpackedOnce() throws IOException {
    Path first = RedisBinary.find(Map.of()).server();
    var written = Files.getLastModifiedTime(first);

    assertEquals(first, RedisBinary.find(Map.of()).server());
    assertEquals(written, Files.getLastModifiedTime(first));
  }

  @Test
  void theBundledServerRepairsAppendOnlyFilesUnderAnotherName() {
    Path checkAof = RedisBinary.bundled().checkAof(dir).orElseThrow();

    assertEquals(dir.resolve("redis-check-aof"), checkAof);
    assertTrue(ShortCommand.run(checkAof.toString()).output().contains("file.manifest"));
  }

  @Test
  void theProgramBesideTheServerIsPreferred() throws IOException {
    Path server = script("redis-server", "Redis server v=7.0.15 sha=0");
    Path beside = dir.resolve("redis-check-aof");
    Files.createSymbolicLink(beside, RedisBinary.bundled().server());

    var found = new RedisBinary(server, "7.0.15", "test").checkAof(dir.resolve("links"));

    assertEquals(beside, found.orElseThrow());
  }

  @Test
  void aWrapperScriptIsNotTakenForRedisCheckAof() throws IOException {
    Path wrapper = script("wrapper", "Redis server v=7.0.15 sha=0");

    assertTrue(new RedisBinary(wrapper, "7.0.15", "test").checkAof(dir.resolve("l")).isEmpty());
  }

  @AfterEach
  void deleteLinks() throws IOException {
    Files.deleteIfExists(dir.resolve("redis-check-aof"));
    Files.deleteIfExists(dir.resolve("l").resolve("redis-check-aof"));
  }

  private Path script(String name, String says) throws IOException {
    Path file = dir.resolve(name);
    Files.writeString(file, "#!/bin/sh\necho '" + says + "'\n");
    assertTrue(file.toFile().setExecutable(true));
    return file;
  }
}
