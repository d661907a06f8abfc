package io.fcrawler.worker;

import io.fcrawler.testing.ProgramEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A worker as a process of its own, which ends at once where its heap doesn't suffice. */
final class WorkerProcess implements AutoCloseable {
  private final Process process;
  private final Path folder;

  private WorkerProcess(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
  }

  /**
   * Starts one.
   *
   * @param heap an option of the JVM
   * @param folder for its files {@code log} and {@code gc}
   */
  static WorkerProcess start(String heap, Map<String, String> environment, Path folder)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(heap);
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-Dlogback.configurationFile=logback.xml");
    command.add("-Xlog:gc:file=" + folder.resolve("gc"));
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(command);
    ProgramEnvironment.set(builder, environment);
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile());
    return new WorkerProcess(builder.start(), folder);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** All that it logged so far. */
  String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
