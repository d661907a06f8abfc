package io.fcrawler.worker;

import io.fcrawler.ops.Presence;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.IncompatibleStoreException;
import io.fcrawler.store.SeedState;
import io.fcrawler.store.StoreUnavailableException;
import io.fcrawler.worker.command.CommandConsumer;
import io.fcrawler.worker.command.KafkaHeartbeat;
import io.fcrawler.worker.command.WorkerGroup;
import io.fcrawler.worker.fetch.CookieJars;
import io.fcrawler.worker.fetch.OkHttpFetcher;
import io.fcrawler.worker.kafka.KafkaPageOutput;
import io.fcrawler.worker.lane.LaneMetrics;
import io.fcrawler.worker.lane.LaneParts;
import io.fcrawler.worker.lane.LaneRunner;
import io.fcrawler.worker.lane.Parsing;
import io.fcrawler.worker.lane.SpareAnswers;
import io.fcrawler.worker.memory.MemoryBudget;
import io.fcrawler.worker.memory.MemoryPlan;
import io.fcrawler.worker.own.Ownership;
import io.fcrawler.worker.parse.PageParser;
import io.fcrawler.worker.politeness.HostGates;
import io.fcrawler.worker.robots.RobotsCache;
import io.fcrawler.worker.robots.RobotsSettings;
import io.fcrawler.worker.session.CrawlSession;
import io.fcrawler.worker.session.SessionSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A crawler worker: everything wired, from the command to the settled page. */
public final class Worker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  /** Fetches under way when a slot is revoked may go on for this long. */
  private static final Duration REVOCATION_GRACE = Duration.ofSeconds(10);

  /** All that a graceful stop may take before the group is left. */
  private static final Duration STOP = Duration.ofSeconds(25);

  private static final long WATCH_MS = 100;

  /** The part of the heap for answers that came before their URLs' turn. */
  private static final int SPARE_PART = 64;

  private final WorkerConfig config;
  private final CrawlStore store;
  private final MemoryBudget memory;
  private final KafkaPageOutput output;
  private final OkHttpFetcher fetcher;
  private final KafkaHeartbeat heartbeat;
  private final Presence kafka;
  private final Ownership ownership;
  private final CommandConsumer consumer;
  private final LaneParts lanes;
  private final Reporter reporter;
  private final CleanUp cleanUp;
  private final SessionSettings sessions;
  private final Thread owning;
  private final Thread consuming;
  private final Thread beginning;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("watch").daemon().factory());
  private volatile Optional<CrawlStore.Subscription> announcements = Optional.empty();
  private boolean started;

  /** The fault of the output as the watch last saw it. */
  private Optional<String> heeded = Optional.empty();

  /**
   * Connects to nothing yet.
   *
   * @param store closed by the caller
   * @param onDeath what to do when a thread without which nothing works ends by a bug, or since the
   *     state is another version's
   */
  public Worker(
      WorkerConfig config,
      CrawlStore store,
      MeterRegistry registry,
      String version,
      Consumer<Throwable> onDeath) {
    String id = UUID.randomUUID().toString().substring(0, 8);
    this.config = config;
    this.store = store;
    MemoryPlan plan = MemoryPlan.of(Runtime.getRuntime().maxMemory(), config.fetch().bodyLimit());
    this.memory = new MemoryBudget(plan);
    this.output = new KafkaPageOutput(config.kafka(), plan.output(), System::nanoTime);
    this.fetcher = new OkHttpFetcher(config.fetch());
    this.heartbeat = new KafkaHeartbeat(config.sessionTimeout(), System::nanoTime);
    this.kafka = new Presence("kafka", registry);
    Presence redis = new Presence("redis", registry);
    this.ownership =
        new Ownership(
            store, redis, this::session, config.scan(), REVOCATION_GRACE, System::nanoTime);
    this.consumer =
        new CommandConsumer(
            id,
            config.kafka(),
            config.sessionTimeout(),
            config.scan(),
            store,
            redis,
            ownership,
            config.onEmptyState(),
            config.redis().dataDir(),
            heartbeat,
            System::nanoTime);
    this.lanes = lanes(registry);
    this.reporter =
        new Reporter(
            id,
            store.workers(),
            ownership,
            lanes.metrics(),
            output::fault,
            version,
            Clock.systemUTC());
    this.cleanUp =
        new CleanUp(
            store,
            new WorkerGroup(config.kafka())::workers,
            config.sessionTimeout(),
            Clock.systemUTC());
    ownership.onChange(reporter::changed);
    this.sessions =
        new SessionSettings(
            config.sessionTimeout(),
            config.patience(),
            System::nanoTime,
            heartbeat::fresh,
            () -> heartbeat.fresh() || !output.stalled(config.sessionTimeout()),
            () -> output.fault().isEmpty());
    this.owning = thread("own", ownership, onDeath);
    this.consuming = thread("commands", consumer, onDeath);
    this.beginning = thread("begin", this::begin, onDeath);
  }

  private LaneParts lanes(MeterRegistry registry) {
    registry.gauge("fcrawler.sessions", ownership, owner -> owner.sessions().size());
    registry.gauge("fcrawler.output.waiting", output, KafkaPageOutput::waiting);
    registry.gauge("fcrawler.output.waiting.bytes", output, KafkaPageOutput::waitingBytes);
    registry.gauge("fcrawler.memory.budget.bytes", memory, it -> (double) it.plan().budget());
    registry.gauge("fcrawler.memory.used.bytes", memory, MemoryBudget::used);
    registry.gauge("fcrawler.memory.waiting", memory, MemoryBudget::waiting);
    registry.gauge("fcrawler.slots", ownership, owner -> owner.slots().size());
    registry.gauge("fcrawler.damaged.crawls", ownership, Ownership::damaged);
    registry.gauge("fcrawler.scan.seeds", ownership, owner -> owner.lastScan().seeds());
    registry.gauge(
        "fcrawler.scan.seconds", ownership, owner -> owner.lastScan().took().toMillis() / 1000.0);
    return new LaneParts(
        fetcher,
        new RobotsCache(RobotsSettings.of(config.fetch().productToken()), store.robots()),
        new Parsing(new PageParser(config.fetch().productToken())),
        memory,
        new HostGates(
            System::nanoTime,
            config.adaptive(),
            config.patience().failures(),
            ownership::ownedSinceNs),
        output,
        config.retries(),
        new LaneMetrics(registry),
        new CookieJars(config.cookies()),
        new SpareAnswers(Runtime.getRuntime().maxMemory() / SPARE_PART));
  }

  private static Thread thread(String name, Runnable task, Consumer<Throwable> onDeath) {
    return Thread.ofPlatform()
        .name(name)
        .uncaughtExceptionHandler((_, cause) -> {
          onDeath.accept(cause); // first: after an OutOfMemoryError even a log line may fail
          if (!(cause instanceof IncompatibleStoreException)) {
            LOG.error("thread {} died", name, cause);
          }
        })
        .unstarted(task);
  }

  private CrawlSession session(SeedState state, Optional<String> predecessor) {
    return new CrawlSession(
        store, state, sessions, new LaneRunner(lanes, state), ahead(state), predecessor);
  }

  /** Claims at hand: a host that is asked once a second needs no store of them. */
  private static int ahead(SeedState state) {
    return state.options().delayMs() == 0 ? 20 : 2;
  }

  /** What keeps this worker from its work, as far as Kafka is concerned. */
  public Optional<String> problem() {
    if (!heartbeat.fresh()) {
      return Optional.of("no heartbeat was answered within the session timeout");
    }
    return output.fault().isEmpty() && output.stalled(config.sessionTimeout())
        ? Optional.of("a page's record was not acknowledged within the session timeout")
        : Optional.empty();
  }

  /** Why pages' records can't be put out, so that nothing is claimed. */
  public Optional<String> outputProblem() {
    return output.fault().map(why -> "page records can't be put out: " + why);
  }

  /** Why Kafka keeps commands from being read. */
  public Optional<String> commandsProblem() {
    return consumer.fault().map(why -> "no commands are read: " + why);
  }

  public void start() {
    started = true;
    beginning.start();
    ScheduledFuture<?> _ =
        watch.scheduleWithFixedDelay(this::watch, 0, WATCH_MS, TimeUnit.MILLISECONDS);
  }

  private void watch() {
    try {
      consumer.sampleHeartbeat();
      kafka.seen(problem());
      output.watch();
      heed(output.fault());
      ownership.sessions().forEach(CrawlSession::checkLeases);
    } catch (RuntimeException e) {
      LOG.warn("the watch failed once", e);
    }
  }

  private void heed(Optional<String> fault) {
    if (fault.equals(heeded)) {
      return;
    }
    heeded = fault;
    reporter.changed();
    if (fault.isEmpty()) {
      ownership.sessions().forEach(session -> session.wake(Optional.empty()));
    }
  }

  /** Takes part as soon as the store answers, and is one that this program can go on with. */
  private void begin() {
    try {
      while (announcements.isEmpty()) {
        try {
          store.checkCompatible();
          announcements = Optional.of(store.listen(ownership::announced));
        } catch (IncompatibleStoreException e) {
          throw e;
        } catch (StoreUnavailableException e) {
          LOG.debug("the store does not answer yet", e);
          TimeUnit.SECONDS.sleep(1);
        }
      }
      owning.start();
      consuming.start();
      reporter.start();
      cleanUp.start();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Stops in order: no new claims, fetches under way end, last turns, releases, leaves the group.
   */
  @Override
  public void close() {
    if (started) {
      stop();
    }
    output.close();
    fetcher.close();
  }

  private void stop() {
    beginning.interrupt();
    join(beginning);
    ownership.stop(STOP);
    consumer.stop();
    join(consuming);
    join(owning);
    watch.shutdownNow();
    cleanUp.close();
    reporter.close();
    announcements.ifPresent(CrawlStore.Subscription::close);
  }

  private static void join(Thread thread) {
    try {
      if (thread.getState() != Thread.State.NEW && !thread.join(Duration.ofSeconds(5))) {
        LOG.warn("thread {} did not end in time", thread.getName());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
