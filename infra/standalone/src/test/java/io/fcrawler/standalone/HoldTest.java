package io.fcrawler.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldTest {
  private static final long SELF = ProcessHandle.current().pid();

  @TempDir Path dir;

  @Test
  void aLivingProcessHolds() throws IOException {
    assertEquals(Optional.of("process " + SELF + " (backup)"), holder(SELF + " backup\n"));
    assertEquals(Optional.of("process " + SELF), holder(SELF + "\n"));
  }

  @Test
  void nobodyHoldsWithoutAFileOrByOneThatSaysNothing() throws IOException {
    assertEquals(Optional.empty(), new Hold(dir.resolve("none")).holder());
    for (String content : new String[] {"", "x", "-1 backup", SELF + " ../x", "1234567890123 a"}) {
      assertEquals(Optional.empty(), holder(content), content);
    }
  }

  @Test
  void aProcessThatBeganAfterTheFileWasWrittenIsAnother() throws IOException {
    holder(SELF + " backup\n");
    Instant before =
        ProcessHandle.current().info().startInstant().orElseThrow().minus(Duration.ofSeconds(10));
    Files.setLastModifiedTime(dir.resolve("hold"), FileTime.from(before));

    assertEquals(Optional.empty(), new Hold(dir.resolve("hold")).holder());
  }

  @Test
  void aProcessThatHasEndedHoldsNothing() throws Exception {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();

    assertEquals(Optional.empty(), holder(process.pid() + " backup\n"));
  }

  private Optional<String> holder(String content) throws IOException {
    Files.writeString(dir.resolve("hold"), content);
    return new Hold(dir.resolve("hold")).holder();
  }
}
