package io.fcrawler.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path dir;

  @Test
  void theFolderIsMadeAndTakenByOneAtATime() throws IOException {
    Path folder = dir.resolve("a b").resolve("c");
    try (DataFolder data = DataFolder.open(folder)) {
      assertTrue(Files.isDirectory(data.redis()) && Files.isDirectory(data.kafka()));

      String refused =
          assertThrows(StartFailure.class, () -> DataFolder.open(folder).close()).line();
      assertTrue(refused.contains("another launcher") && refused.contains("--data"), refused);
    }
    DataFolder.open(folder).close();
  }

  @Test
  void aFolderThatCannotBeWrittenToIsTold() throws IOException {
    Path file = Files.createFile(dir.resolve("file"));

    for (Path folder : new Path[] {file, file.resolve("below"), Path.of("/proc/fcrawler")}) {
      String refused = assertThrows(StartFailure.class, () -> DataFolder.open(folder)).line();

      assertTrue(refused.startsWith("cannot write to the data folder " + folder), refused);
      assertTrue(refused.contains("--data or FCRAWLER_DATA"), refused);
    }
  }

  @Test
  void aPidFileNamesItsProcessAsLongAsThatLives() throws Exception {
    try (DataFolder data = DataFolder.open(dir)) {
      PidFile file = data.pidFile("redis");
      Process process = new ProcessBuilder("sleep", "60").start();
      file.write(process.toHandle());

      assertEquals("redis", file.part());
      assertEquals(Optional.of(process.toHandle()), data.pidFiles().getFirst().process());

      process.destroyForcibly().waitFor();
      assertTrue(file.process().isEmpty());
      file.delete();
      assertTrue(data.pidFiles().isEmpty());
    }
  }

  @Test
  void anotherProcessWithTheSameIdIsNotTakenForThePart() throws Exception {
    try (DataFolder data = DataFolder.open(dir)) {
      Path pid = dir.resolve("run").resolve("redis.pid");
      long self = ProcessHandle.current().pid();
      for (String content : new String[] {self + " 12345\n", self + "\n", "x y\n", ""}) {
        Files.writeString(pid, content);

        assertTrue(data.pidFile("redis").process().isEmpty(), content);
      }
    }
  }
}
