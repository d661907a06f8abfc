package io.fcrawler.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A redis-server program that has what fcrawler needs: an append-only file in several parts, thus
 * 7.0 or later.
 *
 * @param server the program's file
 * @param version as the program tells it, for example {@code 7.0.15}
 * @param origin how it was found, to be shown to the user
 */
public record RedisBinary(Path server, String version, String origin) {
  private static final Pattern VERSION = Pattern.compile("server v=((\\d+)\\.\\d+\\.\\d+)");
  private static final int LEAST_MAJOR = 7;
  private static final String CHECK_AOF = "redis-check-aof";

  /**
   * The program named by {@code REDIS_SERVER}, else one on the {@code PATH} that is recent enough,
   * else the one that comes with embedded-redis.
   *
   * @throws EmbeddedServerException if {@code REDIS_SERVER} is of no use, or there is none at all
   */
  public static RedisBinary find(Map<String, String> env) {
    String named = env.getOrDefault("REDIS_SERVER", "");
    if (!named.isBlank()) {
      return named(named, env);
    }
    return candidates("redis-server", env)
        .flatMap(file -> probe(file, "on the PATH").stream())
        .findFirst()
        .orElseGet(RedisBinary::bundled);
  }

  /** The program that comes with embedded-redis, unpacked into the user's cache. */
  public static RedisBinary bundled() {
    Path file = BundledRedis.unpack();
    return probe(file, "from embedded-redis")
        .orElseThrow(
            () -> new EmbeddedServerException("cannot run " + file + ": is its folder noexec?"));
  }

  /**
   * The program that repairs append-only files: the one beside the server, else the server itself
   * under that name, which is how Redis builds it.
   *
   * @param linkFolder where a link of that name may be made
   */
  public Optional<Path> checkAof(Path linkFolder) {
    Path beside = server.resolveSibling(CHECK_AOF);
    if (repairsAof(beside)) {
      return Optional.of(beside);
    }
    Path link = linkFolder.resolve(CHECK_AOF);
    try {
      Files.createDirectories(linkFolder);
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, server.toAbsolutePath());
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
    return repairsAof(link) ? Optional.of(link) : Optional.empty();
  }

  private static RedisBinary named(String name, Map<String, String> env) {
    Path file = candidates(name, env).findFirst().orElse(Path.of(name));
    return probe(file, "by REDIS_SERVER")
        .orElseThrow(() ->
            new EmbeddedServerException(
                "REDIS_SERVER is '%s', which is not a redis-server of version %d.0 or later"
                    .formatted(name, LEAST_MAJOR)));
  }

  private static Stream<Path> candidates(String name, Map<String, String> env) {
    if (name.contains(File.separator)) {
      return Stream.of(Path.of(name));
    }
    return Arrays.stream(env.getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable);
  }

  private static Optional<RedisBinary> probe(Path file, String origin) {
    if (!Files.isExecutable(file)) {
      return Optional.empty();
    }
    Matcher version = VERSION.matcher(ShortCommand.run(file.toString(), "--version").output());
    return version.find() && Integer.parseInt(version.group(2)) >= LEAST_MAJOR
        ? Optional.of(new RedisBinary(file, version.group(1), origin))
        : Optional.empty();
  }

  /**
   * A wrapper script around redis-server would start a server under any name, so the question is
   * one that redis-server answers with its version and redis-check-aof takes for a file's name.
   */
  private static boolean repairsAof(Path program) {
    if (!Files.isExecutable(program)) {
      return false;
    }
    ShortCommand.Result result = ShortCommand.run(program.toString(), "--version");
    return result.exitCode() == 1 && !VERSION.matcher(result.output()).find();
  }

  /**
   * The command that starts this server on loopback, with the given options after.
   *
   * @param options may begin with a file of such, as a Sentinel needs one
   */
  public List<String> command(int port, Path directory, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(server.toString());
    boolean file = !options.isEmpty() && !options.getFirst().startsWith("--");
    command.addAll(options.subList(0, file ? 1 : 0));
    command.addAll(List.of("--bind", "127.0.0.1", "--port", Integer.toString(port)));
    command.addAll(List.of("--dir", directory.toString(), "--daemonize", "no"));
    command.addAll(options.subList(file ? 1 : 0, options.size()));
    return List.copyOf(command);
  }
}
