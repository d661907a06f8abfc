package io.fcrawler.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The Docker engine of this machine, asked over its socket and within bounded time; a library would
 * look in many places for longer, and complain at length.
 */
final class DockerEngine {
  private static final Duration QUESTION = Duration.ofMillis(1500);

  private final String host;
  private final Duration pullLimit;
  private final boolean knowsWhereContainersAre;

  /**
   * Names an engine.
   *
   * @param host as in {@code DOCKER_HOST}: {@code unix:///path} or {@code tcp://host:port}
   * @param knowsWhereContainersAre false where Testcontainers would run a container of an image of
   *     its own to find out by which address this machine reaches the others
   */
  DockerEngine(String host, Duration pullLimit, boolean knowsWhereContainersAre) {
    this.host = host;
    this.pullLimit = pullLimit;
    this.knowsWhereContainersAre = knowsWhereContainersAre;
  }

  static DockerEngine of(Map<String, String> env) {
    String host = env.getOrDefault("DOCKER_HOST", "");
    return new DockerEngine(
        host.isBlank() ? "unix:///var/run/docker.sock" : host,
        Duration.ofSeconds(60),
        env.containsKey("TESTCONTAINERS_HOST_OVERRIDE") || !Files.exists(Path.of("/.dockerenv")));
  }

  /** Says why this image can't be used here; empty if it can. Pulls it if need be. */
  String whyNot(String image) {
    if (!succeeds("GET", "/_ping", QUESTION)) {
      return "no Docker engine answers at " + host;
    }
    if (!knowsWhereContainersAre) {
      return "this machine is a container, and TESTCONTAINERS_HOST_OVERRIDE does not name the"
          + " engine's host";
    }
    String inspect = "/images/" + image + "/json";
    if (succeeds("GET", inspect, QUESTION)) {
      return "";
    }
    succeeds("POST", "/images/create?fromImage=" + encode(image), pullLimit);
    return succeeds("GET", inspect, QUESTION)
        ? ""
        : "the Docker engine has no image %s and could not pull it (limit %d s)"
            .formatted(image, pullLimit.toSeconds());
  }

  private static String encode(String image) {
    return URLEncoder.encode(image, StandardCharsets.UTF_8);
  }

  /** Whether the engine answers 200, and ends its answer, within the limit. */
  private boolean succeeds(String method, String path, Duration limit) {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    Thread asking =
        Thread.ofVirtual()
            .name("docker-question")
            .start(() -> {
              try {
                answer.complete(ask(method, path));
              } catch (IOException | RuntimeException e) {
                answer.complete(false);
              }
            });
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      asking.interrupt();
    }
  }

  private boolean ask(String method, String path) throws IOException {
    try (SocketChannel channel = open()) {
      String request =
          method + " " + path + " HTTP/1.0\r\nHost: docker\r\nContent-Length: 0\r\n\r\n";
      channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
      InputStream in = Channels.newInputStream(channel);
      String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return answer.startsWith("HTTP/1.") && answer.substring(8).startsWith(" 200");
    }
  }

  private SocketChannel open() throws IOException {
    URI uri = URI.create(host);
    boolean unix = "unix".equals(uri.getScheme());
    SocketAddress address =
        unix
            ? UnixDomainSocketAddress.of(uri.getPath())
            : new InetSocketAddress(uri.getHost(), uri.getPort());
    SocketChannel channel =
        unix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
    try {
      channel.connect(address);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }
}
