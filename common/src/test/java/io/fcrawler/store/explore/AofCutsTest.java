package io.fcrawler.store.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.command.Command;
import io.fcrawler.command.Command.Open;
import io.fcrawler.command.Command.Pause;
import io.fcrawler.command.Command.Resume;
import io.fcrawler.config.RedisSettings;
import io.fcrawler.embedded.RedisServer;
import io.fcrawler.store.Audit;
import io.fcrawler.store.Receipt;
import io.fcrawler.store.redis.RedisAudit;
import io.fcrawler.store.redis.RedisCrawlStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An append-only file that ends anywhere, as a crash may leave it: Redis loads a state that is
 * clean, and from which the crawl ends with exactly what there is. A cut that fails is told by its
 * byte.
 */
@Tag("integration")
final class AofCutsTest {
  private static final int RANDOM_CUTS = 256;
  private static final long RANDOM_SEED = 1;
  private static final int CONTINUED_ONE_IN = 25;
  private static final int MOST_ROUNDS = 50;
  private static final Open FIRST = World.open(1, Optional.empty());
  private static final Open SECOND = World.open(2, Optional.of(FIRST.crawlId()));
  private static final List<Command> LOG =
      List.of(
          FIRST,
          new Pause(Site.SEED, FIRST.crawlId()),
          new Resume(Site.SEED, FIRST.crawlId()),
          SECOND);

  /** Digests of states that are known to be clean: cuts within a transaction load the same. */
  private final Set<String> clean = new HashSet<>();

  @TempDir Path folder;

  @Test
  void anAofCutAnywhereLoadsIntoAStateThatIsCleanAndGoesOn() {
    try (RedisServer redis = start(folder)) {
      record(redis);
      redis.close();
      RecordedAof aof = RecordedAof.of(folder);
      List<Integer> boundaries = aof.boundaries();
      List<Integer> cuts = new ArrayList<>(boundaries);
      new Random(RANDOM_SEED).ints(RANDOM_CUTS, 0, aof.size()).forEach(cuts::add);
      int continued = 0;
      for (int i = 0; i < cuts.size(); i++) {
        boolean goesOn = i % CONTINUED_ONE_IN == 0;
        load(redis, aof, cuts.get(i), goesOn);
        continued += goesOn ? 1 : 0;
      }
      System.out.printf(
          "AOF of %,d bytes: cut at %d boundaries and %d random bytes: %d states, all clean;"
              + " %d crawls went on to their end%n",
          aof.size(), boundaries.size(), RANDOM_CUTS, clean.size(), continued);
    }
  }

  private static RedisServer start(Path folder) {
    return RedisServer.start(
        folder, "--appendonly", "yes", "--save", "", "--enable-debug-command", "yes");
  }

  /** Two crawls, with a worker that dies, a pause, and a resubmission. */
  private static void record(RedisServer redis) {
    try (RedisCrawlStore store = new RedisCrawlStore(settings(redis))) {
      store.checkCompatible();
      store.markQueued(FIRST);
      LoneWorker first = new LoneWorker(store, LOG.subList(0, 1));
      first.consume();
      first.round();
      LoneWorker second = new LoneWorker(store, LOG.subList(0, 3));
      second.finish(MOST_ROUNDS);
      store.markQueued(SECOND);
      new LoneWorker(store, LOG).finish(MOST_ROUNDS);
    }
  }

  private static RedisSettings settings(RedisServer redis) {
    return RedisSettings.fromEnv(Map.of("REDIS_URL", redis.url()));
  }

  private void load(RedisServer redis, RecordedAof aof, int cut, boolean goesOn) {
    try {
      aof.cut(cut);
      redis.restart();
      if (clean.add(digest(redis))) {
        audit(redis);
      }
      if (goesOn) {
        goOn(redis);
      }
      redis.kill();
    } catch (AssertionError | RuntimeException | IOException e) {
      throw new AssertionError("cut at byte " + cut + ": " + e.getMessage(), e);
    }
  }

  private static String digest(RedisServer redis) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
      socket
          .getOutputStream()
          .write("DEBUG DIGEST\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertTrue(answer.startsWith("+"), answer);
      return answer;
    }
  }

  private static void audit(RedisServer redis) {
    List<String> differences = new ArrayList<>();
    try (RedisAudit audit =
        new RedisAudit(settings(redis), (_, found) -> differences.addAll(found))) {
      Audit result = audit.run();
      assertEquals(List.of(), differences);
      assertEquals(0, result.differ());
      assertTrue(result.seeds() <= 1);
    }
  }

  private static void goOn(RedisServer redis) {
    try (RedisCrawlStore store = new RedisCrawlStore(settings(redis))) {
      new LoneWorker(store, LOG).finish(MOST_ROUNDS);
      Receipt receipt = store.receipt(Site.SEED).orElseThrow();
      assertEquals(List.of(), receipt.differences());
      assertEquals(SECOND.crawlId(), receipt.crawl().crawlId());
      assertEquals(Site.CRAWLED.size(), receipt.crawled());
      assertEquals(Site.FAILED.size(), receipt.failed());
    }
  }
}
