package io.fcrawler.chaos.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fcrawler.embedded.EmbeddedServerException;
import io.fcrawler.embedded.RedisBinary;
import io.fcrawler.embedded.RedisServer;
import io.fcrawler.standalone.AofRepair;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Redis, whose files can be harmed and put back; a file that it refuses is repaired as users' are.
 */
public final class RedisPart extends Part {
  private static final String FILES = "appendonlydir";

  private final RedisServer redis;
  private final AofRepair repair;

  /** Starts it. */
  RedisPart(Path directory, Path work, int port) {
    super("redis");
    RedisBinary binary = RedisBinary.find(System.getenv());
    this.redis = RedisServer.start(binary, directory, port, options());
    this.repair = new AofRepair(directory, binary.checkAof(work), LocalDateTime::now);
  }

  private static List<String> options() {
    List<String> options = new ArrayList<>(AofRepair.REDIS_OPTIONS);
    options.addAll(List.of("--appendonly", "yes", "--appendfsync", "everysec"));
    options.addAll(List.of("--save", "", "--maxmemory-policy", "noeviction"));
    return options;
  }

  public int port() {
    return redis.port();
  }

  @Override
  public void start() {
    repair.repairZeros();
    long logged = logSize();
    try {
      redis.restart();
    } catch (EmbeddedServerException e) {
      if (repair.repairAfter(logSince(logged)).isEmpty()) {
        throw e;
      }
      redis.restart();
    }
  }

  private long logSize() {
    return log().toFile().length();
  }

  private Path log() {
    return redis.directory().resolve("redis.log");
  }

  private String logSince(long position) {
    try {
      byte[] all = Files.readAllBytes(log());
      int from = Math.toIntExact(position);
      return new String(all, from, all.length - from, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void kill() {
    redis.kill();
  }

  @Override
  public void stop(Duration most) {
    redis.close();
  }

  @Override
  ProcessHandle process() {
    return redis.process();
  }

  /** The file that grows, as long as nothing rewrites it. */
  public Path file() {
    try (Stream<Path> files = Files.list(redis.directory().resolve(FILES))) {
      return files
          .filter(file -> file.toString().endsWith(".incr.aof"))
          .max(Comparator.comparing(Path::toString))
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a power failure leaves at the end of a file. */
  public enum End {
    CUT,
    ZEROED,
    GARBLED
  }

  /** As a power failure may leave it, while Redis is down. */
  public void loseEnd(long bytes, End end) {
    try (RandomAccessFile file = new RandomAccessFile(file().toFile(), "rw")) {
      long from = Math.max(0, file.length() - bytes);
      int lost = Math.toIntExact(file.length() - from);
      file.setLength(from);
      file.seek(from);
      switch (end) {
        case CUT -> {}
        case ZEROED -> file.write(new byte[lost]);
        case GARBLED -> file.write("\0garbage\r\n".repeat(50).getBytes(UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Throws where the list of the append-only file's parts, or its last part, is not there. */
  public void requireFiles() {
    Path list = redis.directory().resolve(FILES).resolve("appendonly.aof.manifest");
    if (list.toFile().length() == 0 || file().toFile().length() == 0) {
      throw new IllegalStateException("Redis's append-only file is gone");
    }
  }

  /** A copy of the files as they are now, which Redis may be writing. */
  public void copyTo(Path backup) {
    copy(redis.directory().resolve(FILES), backup);
  }

  /** Puts a copy in the place of all files, while Redis is down. */
  public void replaceBy(Path backup) {
    Path files = redis.directory().resolve(FILES);
    Folders.delete(files);
    copy(backup, files);
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.list(from)) {
      Files.createDirectories(to);
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on nothing more fits into its memory; until {@link #unlimit}. */
  public void limit() {
    command("CONFIG SET maxmemory 1");
  }

  public void unlimit() {
    command("CONFIG SET maxmemory 0");
  }

  private void command(String line) {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), redis.port())) {
      socket.setSoTimeout(5000);
      socket.getOutputStream().write((line + "\r\n").getBytes(UTF_8));
      String answer =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
      if (!"+OK".equals(answer)) {
        throw new IllegalStateException(line + ": " + answer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }
}
