package io.fcrawler.chaos.fleet;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A small disk of its own, in memory, for Redis's files, where this machine lets us mount one; else
 * a mere folder, which can't be filled.
 */
public final class Disk implements AutoCloseable {
  private static final String SIZE = "size=64m";
  private static final int PIECE = 64 << 10;

  private final Path folder;
  private boolean mounted;

  private Disk(Path folder, boolean mounted) {
    this.folder = folder;
    this.mounted = mounted;
  }

  static Disk at(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Disk(folder, run("mount", "-t", "tmpfs", "-o", SIZE, "none", folder.toString()));
  }

  /** Whether disks can be mounted here. */
  public static boolean canMount(Path folder) {
    try (Disk disk = at(folder)) {
      return disk.mounted;
    } finally {
      Folders.delete(folder);
    }
  }

  public boolean canBeFilled() {
    return mounted;
  }

  /** Takes all room that is left; until {@link #free}. */
  public void fill() {
    byte[] piece = new byte[PIECE];
    try (OutputStream out = Files.newOutputStream(filler())) {
      while (true) {
        out.write(piece);
      }
    } catch (IOException e) {
      // it is full, as it should be
    }
  }

  public void free() {
    try {
      Files.deleteIfExists(filler());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path filler() {
    return folder.resolve("filler");
  }

  private static boolean run(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // there is no such program
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    if (mounted && !run("umount", folder.toString())) {
      throw new IllegalStateException("cannot unmount " + folder);
    }
    mounted = false;
  }
}
