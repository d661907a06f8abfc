package io.fcrawler.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import redis.embedded.RedisExecProvider;

/** The redis-server programs inside the jar of embedded-redis, one for each platform. */
final class BundledRedis {
  private BundledRedis() {}

  /** The program for this machine, as a file of its own in the user's cache, written once. */
  static Path unpack() {
    String name = resourceName();
    try (InputStream in = RedisExecProvider.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new EmbeddedServerException(
            "no redis-server comes with fcrawler for this machine (%s): install Redis 7 or later"
                .formatted(name));
      }
      return write(in.readAllBytes(), name);
    } catch (IOException e) {
      throw new EmbeddedServerException("cannot unpack " + name, e);
    }
  }

  private static String resourceName() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    String platform = os.startsWith("mac") ? "darwin" : os.startsWith("linux") ? "linux" : os;
    String machine =
        Set.of("aarch64", "arm64").contains(arch)
            ? "arm64"
            : Set.of("amd64", "x86_64").contains(arch) ? "amd64" : arch;
    return "redis-server-" + RedisExecProvider.redisVersion + "-" + platform + "-" + machine;
  }

  private static Path write(byte[] program, String name) throws IOException {
    IOException failure = null;
    for (Path folder : cacheFolders()) {
      try {
        return writeTo(folder.resolve(name), program);
      } catch (IOException e) {
        failure = e;
      }
    }
    throw failure == null ? new IOException("no folder to write to") : failure;
  }

  private static List<Path> cacheFolders() {
    String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    Path home = Path.of(System.getProperty("user.home", "."), ".cache");
    Path temp = Path.of(System.getProperty("java.io.tmpdir", "."));
    String user = System.getProperty("user.name", "user").replaceAll("[^A-Za-z0-9]", "_");
    return List.of(
        (cache.isBlank() ? home : Path.of(cache)).resolve("fcrawler"),
        temp.resolve("fcrawler-" + user));
  }

  /** Anything but this very program in its place is replaced: nobody else's code is run. */
  private static Path writeTo(Path folder, byte[] program) throws IOException {
    Path file = folder.resolve("redis-server");
    if (Files.isExecutable(file)
        && Files.size(file) == program.length
        && Arrays.equals(Files.readAllBytes(file), program)) {
      return file;
    }
    Files.createDirectories(folder);
    Path part = Files.createTempFile(folder, "redis-server", ".part");
    try {
      Files.write(part, program);
      if (!part.toFile().setExecutable(true, true)) {
        throw new IOException("cannot make " + part + " executable");
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
    return file;
  }
}
