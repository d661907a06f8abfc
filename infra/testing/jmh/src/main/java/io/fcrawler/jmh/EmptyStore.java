package io.fcrawler.jmh;

import io.fcrawler.config.RedisSettings;
import io.fcrawler.embedded.RedisServer;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.memory.MemoryCrawlStore;
import io.fcrawler.store.redis.RedisCrawlStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A store without any crawl, and all that it needs; nothing is left of it when it is closed. */
interface EmptyStore extends AutoCloseable {
  CrawlStore store();

  @Override
  void close() throws IOException;

  /**
   * Makes one.
   *
   * @throws io.fcrawler.embedded.EmbeddedServerException where no Redis can be started
   */
  static EmptyStore of(StoreKind kind) throws IOException {
    return switch (kind) {
      case MEMORY -> new InMemory(new MemoryCrawlStore(InstantSource.system()));
      case REDIS -> InRedis.start();
    };
  }

  /** Is gone with the last reference to it. */
  record InMemory(CrawlStore store) implements EmptyStore {
    @Override
    public void close() {
      store.close();
    }
  }

  /** Has a server of its own. */
  record InRedis(CrawlStore store, RedisServer server) implements EmptyStore {
    private static final String[] OPTIONS = {
      "--appendonly", "yes",
      "--appendfsync", "everysec",
      "--maxmemory-policy", "noeviction",
      "--save", ""
    };

    static InRedis start() throws IOException {
      RedisServer server = RedisServer.start(Files.createTempDirectory("fcrawler-jmh-"), OPTIONS);
      RedisSettings settings = RedisSettings.fromEnv(Map.of("REDIS_URL", server.url()));
      return new InRedis(new RedisCrawlStore(settings), server);
    }

    @Override
    public void close() throws IOException {
      store.close();
      server.close();
      for (Path file : filesBeforeFolders()) {
        Files.delete(file);
      }
    }

    private List<Path> filesBeforeFolders() throws IOException {
      try (Stream<Path> files = Files.walk(server.directory())) {
        return files.sorted(Comparator.reverseOrder()).toList();
      }
    }
  }
}
