package io.fcrawler.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it looks for a thread by name")
class ParentWatchTest {
  @TempDir Path dir;

  @Test
  void withoutTheVariableNothingIsWatched() {
    CompletableFuture<Void> gone = new CompletableFuture<>();

    ParentWatch.start(Map.of(), () -> gone.complete(null));
    ParentWatch.start(Map.of(ParentWatch.VARIABLE, " "), () -> gone.complete(null));

    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().equals("parent-watch")));
  }

  @Test
  void aParentThatIsNotOursAnyMoreCountsAsGone() throws Exception {
    CompletableFuture<String> gone = new CompletableFuture<>();
    String ourselves = Long.toString(ProcessHandle.current().pid());

    ParentWatch.start(Map.of(ParentWatch.VARIABLE, ourselves), () -> gone.complete("gone"));

    assertEquals("gone", gone.get(120, TimeUnit.SECONDS));
  }

  @Test
  void aProcessWhoseParentIsKilledEndsWithItsShutdownHooks() throws Exception {
    // The shell is the parent; it tells its id to its child, which tells when it runs. A file takes
    // the output: a pipe would be closed with the shell's end.
    Path output = dir.resolve("output");
    Process shell =
        new ProcessBuilder(
                "sh",
                "-c",
                "FCRAWLER_PARENT_PID=$$ \"$0\" -cp \"$1\" \"$2\"; echo never",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                System.getProperty("java.class.path"),
                Watched.class.getName())
            .redirectOutput(output.toFile())
            .start();
    awaitLine(output, "watching");
    shell.destroyForcibly();

    awaitLine(output, "hook");
    assertFalse(Files.readAllLines(output).contains("never"));
  }

  @Test
  void aValueThatIsNoProcessIdIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> ParentWatch.start(Map.of(ParentWatch.VARIABLE, "me"), () -> {}));
  }

  private static void awaitLine(Path file, String line) throws IOException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!Files.readAllLines(file).contains(line)) {
      assertTrue(System.nanoTime() < deadline, () -> "no '" + line + "' in " + file);
      LockSupport.parkNanos(10_000_000);
    }
  }

  /** A program that would run for a minute. */
  static final class Watched {
    private Watched() {}

    public static void main(String[] args) throws InterruptedException {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook"), "hook"));
      ParentWatch.start(System.getenv());
      System.out.println("watching");
      Thread.currentThread().join(60_000);
    }
  }
}
