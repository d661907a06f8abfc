package io.fcrawler.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.embedded.RedisBinary;
import io.fcrawler.embedded.RedisServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the redis of docker-compose.yml starts, with an entry point that only notes its words. */
@Tag("integration")
class RedisStartScriptTest {
  private static final List<String> COMMAND = List.of("redis-server", "--appendonly", "yes");

  @TempDir Path data;
  @TempDir Path programs;

  @BeforeEach
  void makePrograms() throws IOException {
    assertTrue(RedisBinary.find(System.getenv()).checkAof(programs).isPresent());
    Path entryPoint = programs.resolve("docker-entrypoint.sh");
    Files.writeString(entryPoint, "#!/bin/sh\nprintf '%s\\n' \"$@\" >'" + words() + "'\n");
    Files.setPosixFilePermissions(entryPoint, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Path words() {
    return programs.resolve("words");
  }

  @Test
  void aTransactionThatIsCutIsNeverRunByHalves() throws Exception {
    TestingAof aof = new TestingAof(data);
    Path file = aof.writeAndKill();
    int begin = aof.addTransaction(file);
    byte[] written = Files.readAllBytes(file);
    for (int cut = begin + 1; cut < written.length; cut += 5) {
      byte[] before = Arrays.copyOf(written, cut);
      Files.write(file, before);

      String said = runScript();

      Path kept = kept().orElseThrow();
      assertTrue(said.contains("kept in " + kept.getFileName()), said);
      ByteArrayOutputStream both = new ByteArrayOutputStream();
      both.write(Files.readAllBytes(file));
      both.write(Files.readAllBytes(kept));
      assertArrayEquals(before, both.toByteArray());
      Files.delete(kept);
      try (RedisServer redis = aof.start()) {
        aof.assertGoesOnWithout(redis, "cut at byte " + cut);
      }
    }
  }

  @Test
  void aSoundFileIsLeftAsItIs() throws Exception {
    TestingAof aof = new TestingAof(data);
    Path file = aof.writeAndKill();
    aof.addTransaction(file);
    byte[] before = Files.readAllBytes(file);

    assertEquals("", runScript());

    assertArrayEquals(before, Files.readAllBytes(file));
    assertTrue(kept().isEmpty());
  }

  @Test
  void aDamagedBaseIsLeftForRedisToRefuse() throws Exception {
    Path file = new TestingAof(data).writeAndKill();
    byte[] before = Files.readAllBytes(file);
    Path base = file.resolveSibling("appendonly.aof.1.base.rdb");
    Files.write(base, Arrays.copyOf(Files.readAllBytes(base), 20));

    runScript();

    assertArrayEquals(before, Files.readAllBytes(file));
    assertTrue(kept().isEmpty());
  }

  @Test
  void aNewVolumeIsNothingToRepair() throws Exception {
    assertEquals("", runScript());
  }

  private Optional<Path> kept() throws IOException {
    try (Stream<Path> files = Files.list(data)) {
      return files.filter(file -> file.toString().contains(".cut-")).findFirst();
    }
  }

  /** What it said, after it has gone on to the entry point. */
  private String runScript() throws IOException, InterruptedException {
    Path script = Path.of("../redis/start.sh").toAbsolutePath();
    Files.deleteIfExists(words());
    ProcessBuilder builder =
        new ProcessBuilder(
                Stream.concat(Stream.of("/bin/sh", script.toString()), COMMAND.stream()).toList())
            .directory(data.toFile())
            .redirectErrorStream(true);
    builder.environment().merge("PATH", programs.toString(), (path, first) -> first + ":" + path);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), said);
    assertEquals(COMMAND, Files.readAllLines(words()));
    return said;
  }
}
