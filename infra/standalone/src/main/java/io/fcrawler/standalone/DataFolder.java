package io.fcrawler.standalone;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The folder that holds all that a standalone fcrawler keeps: {@code redis}, {@code kafka}, {@code
 * logs}, and in {@code run} what tells which processes are its own. It is locked as long as this
 * object is open; the lock ends with the process, however that ends.
 */
final class DataFolder implements AutoCloseable {
  private final Path root;
  private final FileChannel lock;

  private DataFolder(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * Makes the folder if need be, and takes it.
   *
   * @throws StartFailure if it can't be written to, or another launcher has it
   */
  static DataFolder open(Path folder) {
    Path root = folder.toAbsolutePath().normalize();
    try {
      for (String name : List.of("redis", "kafka", "logs", "run")) {
        Files.createDirectories(root.resolve(name));
        Files.delete(Files.createTempFile(root.resolve(name), "writable", null));
      }
      return new DataFolder(root, lock(root));
    } catch (IOException e) {
      throw new StartFailure(
          "cannot write to the data folder %s (%s): choose another by --data or FCRAWLER_DATA"
              .formatted(root, reason(e)),
          e);
    }
  }

  private static FileChannel lock(Path root) throws IOException {
    FileChannel channel =
        FileChannel.open(
            root.resolve("run").resolve("lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    if (!isLocked(channel)) {
      channel.close();
      throw new StartFailure(
          "another launcher runs with the data folder %s: stop it, or choose another by --data"
              .formatted(root));
    }
    tellWho(channel);
    return channel;
  }

  /** For scripts, which can't see the lock: the launcher's process, while that lives. */
  private static void tellWho(FileChannel channel) throws IOException {
    String pid = ProcessHandle.current().pid() + "\n";
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static String reason(IOException e) {
    if (e instanceof FileSystemException failure && failure.getReason() != null) {
      return failure.getReason();
    }
    String kind = e.getClass().getSimpleName().replace("Exception", "");
    return kind.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  Path root() {
    return root;
  }

  Path redis() {
    return root.resolve("redis");
  }

  Path kafka() {
    return root.resolve("kafka");
  }

  /** For files that mean nothing once the launcher has ended. */
  Path run() {
    return root.resolve("run");
  }

  PartLog log(String part) {
    return new PartLog(root.resolve("logs").resolve(part + ".log"));
  }

  PidFile pidFile(String part) {
    return new PidFile(run().resolve(part + ".pid"));
  }

  /** By which others have a part left alone. */
  Hold hold(String part) {
    return new Hold(run().resolve(part + ".hold"));
  }

  List<PidFile> pidFiles() throws IOException {
    List<PidFile> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(run())) {
      files
          .filter(file -> file.getFileName().toString().endsWith(".pid"))
          .sorted()
          .forEach(file -> found.add(new PidFile(file)));
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
