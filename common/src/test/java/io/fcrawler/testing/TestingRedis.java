package io.fcrawler.testing;

import io.fcrawler.embedded.Loopback;
import io.fcrawler.embedded.RedisServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** A Redis for tests, with an append-only file and without eviction. */
public final class TestingRedis {
  private static final String IMAGE = "redis:7";
  private static final int PORT = 6379;
  private static final int DATABASES = 64;
  private static final List<String> OPTIONS =
      List.of(
          "--appendonly", "yes",
          "--appendfsync", "everysec",
          "--maxmemory-policy", "noeviction",
          "--save", "",
          "--databases", Integer.toString(DATABASES));

  private TestingRedis() {}

  private static final class Shared {
    static final AtomicInteger DATABASES_GIVEN = new AtomicInteger();
    static final String URL =
        SharedServer.start(
            IMAGE, Container::new, Container::url, TestingRedis::answers, TestingRedis::embedded);
  }

  private static final class Container extends GenericContainer<Container> {
    Container() {
      super(DockerImageName.parse(IMAGE));
      withExposedPorts(PORT);
      withCommand(
          Stream.concat(Stream.of("redis-server", "--protected-mode", "no"), OPTIONS.stream())
              .toArray(String[]::new));
    }

    String url() {
      return "redis://" + getHost() + ":" + getMappedPort(PORT);
    }
  }

  /** The URL of the Redis that all tests of this JVM share. It must not be flushed or ended. */
  public static String url() {
    return Shared.URL;
  }

  /** The URL of a database of that Redis which is given to nobody else, and may be flushed. */
  public static String ownDatabase() {
    int number = Shared.DATABASES_GIVEN.incrementAndGet();
    if (number >= DATABASES) {
      throw new IllegalStateException("all " + DATABASES + " databases are given");
    }
    return url() + "/" + number;
  }

  /**
   * A Redis for one test, which may kill it and start it again, and must close it. It is always the
   * embedded part: a container would lose its port and its files.
   */
  public static RedisServer startPrivate(Path folder, String... further) {
    return RedisServer.start(
        folder, Stream.concat(OPTIONS.stream(), Stream.of(further)).toArray(String[]::new));
  }

  /** All lines of a server's answer to one command. */
  public static List<String> call(RedisServer server, String... words) {
    String request =
        Stream.concat(Stream.of("*" + words.length), Stream.of(words).flatMap(TestingRedis::bulk))
            .collect(Collectors.joining("\r\n", "", "\r\n"));
    try (Socket socket = new Socket(Loopback.ADDRESS, server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput(); // then it answers and closes
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
          .lines()
          .toList();
    } catch (IOException e) {
      return List.of("no answer: " + e.getMessage());
    }
  }

  private static Stream<String> bulk(String word) {
    return Stream.of("$" + word.length(), word);
  }

  private static SharedServer.Part embedded(Path folder) {
    RedisServer redis = startPrivate(folder);
    return new SharedServer.Part(redis.url(), redis::close);
  }

  private static boolean answers(String url) {
    URI uri = URI.create(url);
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), 5000);
      socket.setSoTimeout(5000);
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      return socket.getInputStream().read() == '+';
    } catch (IOException e) {
      return false;
    }
  }
}
