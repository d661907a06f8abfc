package io.fcrawler.standalone;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A new folder for this user alone, which is gone with all that is in it when this is closed. */
final class TemporaryFolder implements AutoCloseable {
  private static final Remover REMOVER = new Remover();

  private final Path path;

  private TemporaryFolder(Path path) {
    this.path = path;
  }

  /** Makes one where the environment's {@code TMPDIR}, else the JVM, has temporary files. */
  static TemporaryFolder make(Map<String, String> env) {
    String named = env.getOrDefault("TMPDIR", "");
    Path parent = Path.of(named.isBlank() ? System.getProperty("java.io.tmpdir", ".") : named);
    try {
      return new TemporaryFolder(Files.createTempDirectory(parent, "fcrawler-demo-"));
    } catch (IOException e) {
      throw new StartFailure(
          "cannot make a folder in %s: name another by TMPDIR".formatted(parent), e);
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    Files.walkFileTree(path, REMOVER);
  }

  /** Doesn't mind what others remove meanwhile. */
  private static final class Remover extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
        throws IOException {
      if (e != null) {
        throw e;
      }
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
