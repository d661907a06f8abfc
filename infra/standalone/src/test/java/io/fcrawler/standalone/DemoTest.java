package io.fcrawler.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.testing.ProgramEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The demo and the training, with parts that crawl nothing; {@code scripts/verify-full.sh} has both
 * with those that do.
 */
@Tag("integration")
class DemoTest {
  @TempDir Path dir;
  private Path temp;

  @BeforeEach
  void install() throws IOException {
    temp = Files.createDirectory(dir.resolve("temp"));
    TestingService.install(dir.resolve("root"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--demo", "--train"})
  void oneThatGoesWrongSaysSoInALineAndLeavesNothing(String option) throws Exception {
    Process demo = start(option);

    assertEquals(1, awaitExit(demo));
    assertTrue(lines().getLast().matches("fcrawler: http://.*/api/submit .*"), this::text);
    assertNothingIsLeft();
    assertFalse(Files.exists(AotCaches.in(dir.resolve("root")).cache("crawler-worker")));
  }

  @Test
  void aDemoBrokenOffInItsStartLeavesNothing() throws Exception {
    Process demo = start("--demo");
    Waiting.until(TestingLauncher.LIMIT, () -> text().contains("redis is ready"), this::text);

    demo.destroy();

    assertEquals(143, awaitExit(demo));
    assertEquals(List.of("stopping", "stopped"), lines().reversed().subList(0, 2).reversed());
    assertNothingIsLeft();
  }

  private Process start(String option) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(TestingLauncher.command(dir.resolve("root"), List.of(option)))
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("output").toFile());
    ProgramEnvironment.set(builder, Map.of("TMPDIR", temp.toString()));
    return builder.start();
  }

  private int awaitExit(Process demo) throws InterruptedException {
    assertTrue(demo.waitFor(TestingLauncher.LIMIT.toMillis(), TimeUnit.MILLISECONDS), this::text);
    return demo.exitValue();
  }

  private void assertNothingIsLeft() throws IOException {
    try (Stream<Path> files = Files.list(temp)) {
      assertEquals(List.of(), files.toList());
    }
    List<String> running = new ArrayList<>();
    ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(temp.toString()))
        .forEach(process -> running.add(process.info().toString()));
    assertEquals(List.of(), running);
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(dir.resolve("output"));
  }

  private String text() {
    try {
      return String.join("\n", lines());
    } catch (IOException e) {
      return e.toString();
    }
  }
}
