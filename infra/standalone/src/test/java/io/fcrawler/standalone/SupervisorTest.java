package io.fcrawler.standalone;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.standalone.Part.Launch;
import io.fcrawler.standalone.Part.Readiness;
import io.fcrawler.standalone.Part.Tier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String RUN = "echo started; exec sleep 600";

  private final TestingConsole console = new TestingConsole();

  @TempDir Path dir;
  private DataFolder data;
  private Supervisor supervisor;

  @BeforeEach
  void open() {
    data = DataFolder.open(dir);
    supervisor = supervisor(LONG);
  }

  @AfterEach
  void stop() throws Exception {
    supervisor.stop();
    data.close();
  }

  @Test
  void partsStartPhaseByPhaseAndStopTierByTier() throws Exception {
    Path order = dir.resolve("order");
    supervisor =
        supervisor(
            LONG,
            part("worker", Tier.WORKER, telling(order)),
            part("api", Tier.API, telling(order)),
            part("kafka", Tier.KAFKA, telling(order)),
            part("redis", Tier.REDIS, telling(order)));

    supervisor.start();
    supervisor.stop();

    List<String> ready =
        console.lines().stream().map(line -> line.substring(0, line.indexOf(" "))).toList();
    assertEquals(List.of("kafka", "redis"), ready.subList(0, 2).stream().sorted().toList());
    assertEquals(List.of("api", "worker"), ready.subList(2, 4).stream().sorted().toList());
    assertEquals(List.of("worker", "api", "kafka", "redis"), Files.readAllLines(order));
    assertTrue(data.pidFiles().isEmpty());
  }

  @Test
  void aPartThatIsKilledIsStartedAgainAfterAWait() throws Exception {
    supervisor = supervisor(LONG, part("api", Tier.API, RUN));
    supervisor.start();

    process("api").destroyForcibly();

    assertEquals(
        "api was ended by signal 9; starting it again in 0.5 s", console.await("again", 1));
    console.await("api is ready", 2);
    process("api").destroyForcibly();
    assertEquals(
        "api was ended by signal 9; starting it again in 1.0 s", console.await("again", 2));
    console.await("api is ready", 3);
  }

  @Test
  void aPartThatNeverGetsUpIsGivenUpWithItsLastWords() {
    supervisor = supervisor(LONG, part("api", Tier.API, "echo first; echo Bad port; exit 3"));

    String failure = assertThrows(StartFailure.class, supervisor::start).line();

    assertEquals(
        "api does not start: it ended with code 3; %s says: Bad port"
            .formatted(dir.resolve("logs").resolve("api.log")),
        failure);
    assertEquals(2, console.lines().size(), () -> "attempts before: " + console.lines());
  }

  @Test
  void aPartThatIsNotReadyInTimeIsGivenUpAndEnded() throws Exception {
    Part never =
        Part.of(
            "api",
            Tier.API,
            () -> new Launch(shell("api", RUN), Map.of(), process -> Readiness.NOT_YET, ""));
    supervisor = supervisor(Duration.ofMillis(200), never);

    String failure = assertThrows(StartFailure.class, supervisor::start).line();
    ProcessHandle process = process("api");
    supervisor.stop();

    assertTrue(failure.startsWith("api is not ready within 0 s"), failure);
    assertFalse(process.isAlive());
  }

  @Test
  void aFailedStartIsRepairedOnceItCanBe() {
    AtomicBoolean repaired = new AtomicBoolean();
    Part part =
        new Part(
            "redis",
            Tier.REDIS,
            () ->
                new Launch(
                    shell("redis", repaired.get() ? RUN : "echo broken file; exit 1"),
                    Map.of(),
                    process -> hasWritten("redis"),
                    "here"),
            written -> {
              repaired.set(written.contains("broken file"));
              return Optional.of("had a broken file, repaired");
            });
    supervisor = supervisor(LONG, part);

    supervisor.start();

    assertEquals(
        List.of(
            "redis had a broken file, repaired; starting it again in 0.5 s",
            "redis is ready: here"),
        console.lines());
  }

  @Test
  void aPartThatIsHeldStaysEndedAsLongAsTheFileAndItsProcessAreThere() throws Exception {
    supervisor = supervisor(LONG, part("redis", Tier.REDIS, RUN));
    supervisor.start();
    for (boolean isKilled : new boolean[] {false, true}) {
      int round = isKilled ? 2 : 1;
      Process holder = new ProcessBuilder("sleep", "600").start();
      Path hold = dir.resolve("run").resolve("redis.hold");
      Files.writeString(hold, holder.pid() + " backup\n");

      process("redis").destroyForcibly();

      assertEquals(
          "redis is held by process %d (backup)".formatted(holder.pid()),
          console.await("redis is held", round));
      assertTrue(data.pidFiles().isEmpty());
      if (isKilled) {
        holder.destroyForcibly();
      } else {
        Files.delete(hold);
      }
      console.await("redis is ready", round + 1);
      holder.destroyForcibly();
    }
    assertTrue(console.lines().stream().noneMatch(line -> line.contains("again")));
  }

  @Test
  void aPartThatIsHeldFromTheBeginningIsStartedWhenThatEnds() throws Exception {
    Process holder = new ProcessBuilder("sleep", "600").start();
    Files.writeString(dir.resolve("run").resolve("redis.hold"), holder.pid() + " restore\n");
    supervisor = supervisor(Duration.ofMillis(1), part("redis", Tier.REDIS, RUN));
    Thread start =
        Thread.ofPlatform().start(() -> assertThrows(StartFailure.class, supervisor::start));
    console.await("redis is held", 1);

    supervisor.stop();
    start.join();

    assertTrue(data.pidFiles().isEmpty());
    holder.destroyForcibly();
  }

  @Test
  void aStopWhileAPartIsStartedAgainLeavesNothing() throws Exception {
    supervisor = supervisor(LONG, part("api", Tier.API, RUN));
    supervisor.start();
    process("api").destroyForcibly();
    console.await("again", 1);

    supervisor.stop();

    assertTrue(data.pidFiles().isEmpty());
  }

  @Test
  void leftoversOfAKilledLauncherAreEnded() throws Exception {
    Process left = new ProcessBuilder("sleep", "600").start();
    data.pidFile("crawler-worker-1").write(left.toHandle());
    Files.writeString(dir.resolve("run").resolve("redis.pid"), "1 1\n");

    new Leftovers(data, console.console()).end();

    assertTrue(left.waitFor(120, SECONDS));
    assertTrue(data.pidFiles().isEmpty());
    assertEquals(
        List.of("ending what an earlier start left: crawler-worker-1, pid " + left.pid()),
        console.lines());
  }

  private ProcessHandle process(String part) throws IOException {
    return data.pidFile(part).process().orElseThrow();
  }

  private Supervisor supervisor(Duration startLimit, Part... parts) {
    return new Supervisor(List.of(parts), data, console.console(), startLimit);
  }

  private Part part(String name, Tier tier, String script) {
    return Part.of(
        name,
        tier,
        () -> new Launch(shell(name, script), Map.of(), process -> hasWritten(name), "here"));
  }

  /** Ready once it wrote that it is, so that its traps are set. */
  private Readiness hasWritten(String name) {
    try {
      Path log = dir.resolve("logs").resolve(name + ".log");
      return Files.readString(log).endsWith("started\n") ? Readiness.READY : Readiness.NOT_YET;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> shell(String name, String script) {
    return List.of("/bin/sh", "-c", script, name);
  }

  private static String telling(Path order) {
    return "trap 'echo $0 >> " + order + "; exit' TERM; echo started; read forever";
  }
}
