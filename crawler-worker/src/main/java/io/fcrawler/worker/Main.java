package io.fcrawler.worker;

import io.fcrawler.config.BadConfigException;
import io.fcrawler.http.PortUnavailableException;
import io.fcrawler.kafka.TopicMismatchException;
import io.fcrawler.kafka.Topics;
import io.fcrawler.ops.Check;
import io.fcrawler.ops.Metrics;
import io.fcrawler.ops.OpsServer;
import io.fcrawler.ops.ParentWatch;
import io.fcrawler.store.IncompatibleStoreException;
import io.fcrawler.store.redis.RedisCrawlStore;
import io.fcrawler.store.watch.CrawlsWatch;
import io.fcrawler.store.watch.EmptyStateWatch;
import io.fcrawler.store.watch.RedisWatch;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a crawler worker, which runs until SIGTERM. Needs neither Kafka nor Redis to be up. */
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  private Main() {}

  /** Exits with 1 and one line where configuration, port, topics or state cannot be used. */
  public static void main(String[] args) {
    try {
      ParentWatch.start(System.getenv());
      if (!run(WorkerConfig.fromEnv(System.getenv()))) {
        Runtime.getRuntime().halt(1);
      }
    } catch (BadConfigException
        | PortUnavailableException
        | TopicMismatchException
        | IncompatibleStoreException e) {
      System.err.println("crawler-worker: " + e.getMessage());
      Runtime.getRuntime().halt(1);
    }
  }

  /** Runs until it is told to stop; false where it ended by a bug. */
  private static boolean run(WorkerConfig config) {
    try (Shutdown shutdown = new Shutdown(Thread.currentThread())) {
      AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
      work(
          config,
          cause -> {
            failure.set(cause);
            shutdown.interrupt();
          });
      LOG.info("crawler-worker stopped");
      if (failure.get() instanceof IncompatibleStoreException e) {
        throw e;
      }
      return failure.get() == null;
    }
  }

  private static void work(WorkerConfig config, Consumer<Throwable> onDeath) {
    try (Metrics metrics = new Metrics("crawler-worker");
        RedisCrawlStore store = new RedisCrawlStore(config.redis(), config.recoveryBatch());
        RedisWatch watch = new RedisWatch(store::info, config.redis().dataDir());
        Worker worker = new Worker(config, store, metrics.registry(), version(), onDeath)) {
      List<Check> checks =
          List.of(
              new Check("redis", store::problem),
              new Check("kafka", worker::problem),
              new Check("commands", worker::commandsProblem),
              new Check("pages", worker::outputProblem),
              watch.check(),
              CrawlsWatch.check(store),
              EmptyStateWatch.check(store, config.redis().dataDir()));
      try (OpsServer ops = OpsServer.start(config.listen(), metrics, checks, version())) {
        String address = config.listen().at(ops.port());
        LOG.info("crawler-worker {} started, for operators at {}", version(), address);
        watch.start(metrics.registry());
        Topics.ensureWhenUp(config.kafka());
        worker.start();
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        LOG.info("crawler-worker stops");
      }
    }
  }

  private static String version() {
    return Optional.ofNullable(Main.class.getPackage().getImplementationVersion()).orElse("dev");
  }

  /** On SIGTERM and SIGINT interrupts the main thread, and waits until it has stopped in order. */
  private static final class Shutdown implements AutoCloseable {
    private final CountDownLatch stopped = new CountDownLatch(1);

    private final Thread main;

    Shutdown(Thread main) {
      this.main = main;
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    main.interrupt();
                    try {
                      stopped.await();
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  },
                  "shutdown"));
    }

    void interrupt() {
      main.interrupt();
    }

    @Override
    public void close() {
      stopped.countDown();
    }
  }
}
