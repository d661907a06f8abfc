package io.fcrawler.testing;

import io.fcrawler.embedded.RedisBinary;
import io.fcrawler.embedded.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Two Redis servers, of which one is the other's replica, watched over by three Sentinels. */
public final class TestingSentinels implements AutoCloseable {
  private static final String MASTER = "mymaster";
  private static final int SENTINELS = 3;

  private final RedisServer first;
  private final RedisServer second;
  private final List<RedisServer> sentinels = new ArrayList<>();

  /** Returns when each knows all others. */
  public TestingSentinels(Path folder) throws IOException {
    first = TestingRedis.startPrivate(Files.createDirectory(folder.resolve("first")));
    second =
        TestingRedis.startPrivate(
            Files.createDirectory(folder.resolve("second")),
            "--replicaof",
            "127.0.0.1 " + first.port());
    Eventually.holds("the replica is in step", () -> isReplica(second, first));
    for (int i = 0; i < SENTINELS; i++) {
      sentinels.add(sentinel(Files.createDirectory(folder.resolve("sentinel-" + i))));
    }
    sentinels.forEach(TestingSentinels::hurry);
    Eventually.holds(
        "the Sentinels know each other and the replica",
        () -> sentinels.stream().allMatch(this::knowsAll));
  }

  private RedisServer sentinel(Path folder) throws IOException {
    Path file = folder.resolve("sentinel.conf");
    Files.writeString(
        file,
        """
        sentinel monitor %1$s 127.0.0.1 %2$d 2
        sentinel down-after-milliseconds %1$s 1000
        sentinel failover-timeout %1$s 5000
        """
            .formatted(MASTER, first.port()));
    return RedisServer.start(
        RedisBinary.find(System.getenv()), folder, 0, List.of(file.toString(), "--sentinel"));
  }

  /** An old master that came back is made a replica after four of the latter, not after 8 s. */
  private static void hurry(RedisServer sentinel) {
    TestingRedis.call(sentinel, "SENTINEL", "DEBUG", "info-period", "500", "publish-period", "500");
  }

  private boolean knowsAll(RedisServer sentinel) {
    List<String> told = TestingRedis.call(sentinel, "SENTINEL", "MASTER", MASTER);
    return "1".equals(after(told, "num-slaves"))
        && Integer.toString(SENTINELS - 1).equals(after(told, "num-other-sentinels"));
  }

  private static String after(List<String> lines, String name) {
    int at = lines.indexOf(name);
    return at < 0 ? "" : lines.get(at + 2); // between them stands the value's length
  }

  /** For {@code REDIS_URL}. */
  public String url() {
    return sentinels.stream()
        .map(sentinel -> "127.0.0.1:" + sentinel.port())
        .collect(Collectors.joining(",", "redis+sentinel://", "/" + MASTER));
  }

  /** The master at first. */
  public RedisServer first() {
    return first;
  }

  /** The replica at first. */
  public RedisServer second() {
    return second;
  }

  /** A failover that somebody asks for, while the master is well. */
  public void failOver() {
    List<String> answer = TestingRedis.call(sentinels.getFirst(), "SENTINEL", "FAILOVER", MASTER);
    if (!answer.getFirst().equals("+OK")) {
      throw new AssertionError("no failover: " + answer);
    }
  }

  /** Whether all Sentinels take this server for the master. */
  public boolean isMaster(RedisServer server) {
    String port = Integer.toString(server.port());
    return sentinels.stream()
        .allMatch(it ->
            TestingRedis.call(it, "SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER).contains(port));
  }

  /** Whether a server is the replica of another, and in step with it. */
  public static boolean isReplica(RedisServer server, RedisServer of) {
    List<String> info = TestingRedis.call(server, "INFO", "replication");
    return info.containsAll(
        List.of("role:slave", "master_port:" + of.port(), "master_link_status:up"));
  }

  /**
   * Ends replication to {@code replica}, which stays alive and as it is, and tries in vain to get
   * on: it offers a password that its master does not ask for, and takes its refusal for an error.
   */
  public static void cutOff(RedisServer replica) {
    TestingRedis.call(replica, "CONFIG", "SET", "masterauth", "wrong");
    TestingRedis.call(replica, "CLIENT", "KILL", "TYPE", "master");
  }

  /** Lets a server be a replica again that was {@link #cutOff}. */
  public static void reconcile(RedisServer replica) {
    TestingRedis.call(replica, "CONFIG", "SET", "masterauth", "");
  }

  /** Nobody watches then. */
  public void killSentinels() {
    sentinels.forEach(RedisServer::kill);
  }

  @Override
  public void close() {
    killSentinels();
    second.kill();
    first.kill();
  }
}
