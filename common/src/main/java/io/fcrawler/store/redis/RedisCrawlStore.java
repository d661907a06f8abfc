package io.fcrawler.store.redis;

import com.google.common.base.Splitter;
import io.fcrawler.command.Command.Open;
import io.fcrawler.command.CommandCodec;
import io.fcrawler.command.Position;
import io.fcrawler.config.RedisSettings;
import io.fcrawler.lane.Lane;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.AcquireReply;
import io.fcrawler.store.AcquireRequest;
import io.fcrawler.store.Announcement;
import io.fcrawler.store.Announcement.CrawlChanged;
import io.fcrawler.store.Announcement.HostPaused;
import io.fcrawler.store.Announcement.LaneReady;
import io.fcrawler.store.Applied;
import io.fcrawler.store.Cleanup;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.EmptyFinding;
import io.fcrawler.store.EmptyState;
import io.fcrawler.store.Exclusion;
import io.fcrawler.store.Failure;
import io.fcrawler.store.FormerCrawl;
import io.fcrawler.store.ListPage;
import io.fcrawler.store.ListQuery;
import io.fcrawler.store.NextOffset;
import io.fcrawler.store.NotExecutedException;
import io.fcrawler.store.NoteRequest;
import io.fcrawler.store.NotedCommand;
import io.fcrawler.store.Progress;
import io.fcrawler.store.Receipt;
import io.fcrawler.store.Refusal;
import io.fcrawler.store.ReleaseRequest;
import io.fcrawler.store.Repaired;
import io.fcrawler.store.RobotsStore;
import io.fcrawler.store.SeedPage;
import io.fcrawler.store.SeedQuery;
import io.fcrawler.store.SeedState;
import io.fcrawler.store.StoreUnavailableException;
import io.fcrawler.store.TroubledHost;
import io.fcrawler.store.TurnReply;
import io.fcrawler.store.TurnRequest;
import io.fcrawler.store.WorkerRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.redisson.api.RTopic;
import org.redisson.client.codec.StringCodec;

/** The state of all crawls in one Redis (7.0 or newer). */
public final class RedisCrawlStore implements CrawlStore {
  /** Seeds or workers read together. */
  public static final int DEFAULT_BATCH = 50;

  /** Pub/Sub channel of "seed lane" and "seed *", the messages that 0.1.0 can parse. */
  private static final String CHANNEL = "fcrawler:announcements";

  /** Pub/sub: "seed ms asked host", as {@code turn.lua} derives its name from the other's. */
  private static final String PAUSES = CHANNEL + ":pauses";

  private static final Splitter WORDS = Splitter.on(' ');

  private final Redis redis;
  private final RedisCommands commands;
  private final RedisSessions sessions;
  private final RedisReads reads;
  private final RedisReceipts receipts;
  private final RedisRepair repairs;
  private final RedisProgress progress;
  private final RedisListings listings;
  private final RedisHosts hosts;
  private final RedisSeedList list;
  private final RedisFormer former;
  private final RedisMetadata metadata;
  private final RedisEmptyState emptyState;
  private final RedisWorkerRegistry workers;
  private final RedisRobotsStore robots;

  /** With the default size of batches. */
  public RedisCrawlStore(RedisSettings settings) {
    this(settings, DEFAULT_BATCH);
  }

  /**
   * Connects to nothing yet.
   *
   * @param batch seeds or workers read together, where there are many to read
   */
  public RedisCrawlStore(RedisSettings settings, int batch) {
    redis = new Redis(settings);
    Batches batches = new Batches(redis, batch);
    former = new RedisFormer(redis);
    commands = new RedisCommands(redis, former, CHANNEL);
    sessions = new RedisSessions(redis, CHANNEL);
    reads = new RedisReads(redis, batches);
    receipts = new RedisReceipts(redis, reads);
    repairs = new RedisRepair(redis, reads, receipts, CHANNEL);
    progress = new RedisProgress(redis);
    listings = new RedisListings(redis);
    hosts = new RedisHosts(redis);
    list = new RedisSeedList(redis);
    metadata = new RedisMetadata(redis);
    redis.guardBy(metadata::check);
    emptyState = new RedisEmptyState(redis);
    workers = new RedisWorkerRegistry(redis, batches);
    robots = new RedisRobotsStore(redis);
  }

  @Override
  public Map<Integer, NextOffset> offsets() {
    return commands.offsets();
  }

  @Override
  public Optional<Long> note(NoteRequest request) {
    return commands.note(request);
  }

  @Override
  public Applied apply(NotedCommand noted, Optional<Position> after) {
    return commands.apply(noted, after);
  }

  @Override
  public Map<Seed, List<NotedCommand>> noted(Collection<Seed> seeds) {
    return commands.noted(seeds);
  }

  @Override
  public Applied openWaiting(Seed seed) {
    return commands.openWaiting(seed);
  }

  @Override
  public void forEachActive(Consumer<Map<Seed, List<NotedCommand>>> part) {
    commands.forEachActive(part);
  }

  @Override
  public void retire(Seed seed, List<NotedCommand> noted) {
    commands.retire(seed, noted);
  }

  @Override
  public void reactivate(Seed seed) {
    commands.reactivate(seed);
  }

  @Override
  public AcquireReply acquire(AcquireRequest request) {
    return sessions.acquire(request);
  }

  @Override
  public TurnReply turn(TurnRequest request) {
    return sessions.turn(request);
  }

  @Override
  public Optional<Refusal> release(ReleaseRequest request) {
    return sessions.release(request);
  }

  @Override
  public Optional<Repaired> repair(Seed seed) {
    return repairs.repair(seed);
  }

  @Override
  public boolean removeFormer(Seed seed, String mark) {
    return former.remove(seed, mark);
  }

  @Override
  public Map<Seed, SeedState> states(Collection<Seed> seeds) {
    return reads.states(seeds);
  }

  @Override
  public List<Seed> seeds(long from, int limit) {
    return reads.seeds(from, limit);
  }

  @Override
  public Optional<Progress> progress(Seed seed) {
    return Optional.ofNullable(progress.progress(List.of(seed)).get(seed));
  }

  @Override
  public Map<Seed, Progress> progress(List<Seed> seeds) {
    return progress.progress(seeds);
  }

  @Override
  public boolean isNameless(Seed seed) {
    return progress.isNameless(seed);
  }

  @Override
  public void index(Map<Seed, CrawlStatus> statuses) {
    list.index(statuses);
  }

  @Override
  public Set<Seed> damaged() {
    return repairs.damaged();
  }

  @Override
  public void noteDamaged(Set<Seed> damaged, Set<Seed> well) {
    repairs.noteDamaged(damaged, well);
  }

  @Override
  public SeedPage list(SeedQuery query) {
    return list.list(query);
  }

  @Override
  public Optional<ListPage<Failure>> failures(Seed seed, ListQuery query) {
    return listings.failures(seed, query);
  }

  @Override
  public Optional<ListPage<Exclusion>> exclusions(Seed seed, ListQuery query) {
    return listings.exclusions(seed, query);
  }

  @Override
  public List<TroubledHost> troubledHosts(Seed seed, int most) {
    return hosts.troubled(seed, most);
  }

  @Override
  public Optional<Receipt> receipt(Seed seed) {
    return receipts.whole(seed);
  }

  @Override
  public List<FormerCrawl> crawls(Seed seed) {
    return reads.crawls(seed);
  }

  @Override
  public void markQueued(Open open) {
    SeedKeys keys = new SeedKeys(open.seed());
    redis.number(
        Script.MARK,
        List.of(keys.meta(), keys.queued()),
        List.of(open.crawlId().value(), CommandCodec.toJson(open)));
  }

  @Override
  public Optional<Open> queued(Seed seed) {
    return progress.queued(seed);
  }

  @Override
  public Subscription listen(Consumer<Announcement> listener) {
    Subscription news = listen(CHANNEL, message -> listener.accept(announcement(message)));
    try {
      Subscription pauses = listen(PAUSES, message -> listener.accept(pause(message)));
      return () -> {
        news.close();
        pauses.close();
      };
    } catch (StoreUnavailableException e) {
      news.close();
      throw e;
    }
  }

  private Subscription listen(String channel, Consumer<String> reader) {
    RTopic topic = redis.client().getTopic(channel, StringCodec.INSTANCE);
    int id =
        redis.call(() -> topic.addListener(String.class, (_, message) -> reader.accept(message)));
    return () -> topic.removeListener(id);
  }

  private static Announcement announcement(String message) {
    List<String> words = WORDS.splitToList(message);
    Seed seed = new Seed(words.getFirst());
    String news = words.get(1);
    return news.equals("*") ? new CrawlChanged(seed) : new LaneReady(seed, Lane.parse(news));
  }

  private static HostPaused pause(String message) {
    List<String> words = WORDS.splitToList(message);
    return new HostPaused(
        new Seed(words.getFirst()),
        words.get(3),
        Duration.ofMillis(Long.parseLong(words.get(1))),
        Duration.ofMillis(Long.parseLong(words.get(2))));
  }

  @Override
  public WorkerRegistry workers() {
    return workers;
  }

  @Override
  public RobotsStore robots() {
    return robots;
  }

  @Override
  public Cleanup noteCleanup(Instant at, int workerCount, int removed) {
    return redis.call(() -> metadata.noteCleanup(at, workerCount, removed));
  }

  @Override
  public Optional<Cleanup> lastCleanup() {
    return redis.call(metadata::lastCleanup);
  }

  @Override
  public Optional<Instant> firstStart() {
    return redis.call(metadata::firstStart);
  }

  @Override
  public boolean noteEmpty(EmptyFinding finding) {
    return emptyState.note(finding);
  }

  @Override
  public Optional<EmptyState> emptyState() {
    return emptyState.read();
  }

  @Override
  public boolean endRest() {
    return emptyState.endRest();
  }

  @Override
  public void checkCompatible() {
    redis.call(() -> {
      metadata.check();
      return true;
    });
  }

  @Override
  public Optional<String> problem() {
    try {
      redis.call(() -> {
        metadata.checkWritable();
        return true;
      });
      return Optional.empty();
    } catch (NotExecutedException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (StoreUnavailableException e) {
      return Optional.of("does not answer");
    }
  }

  /** What INFO tells of persistence and memory; empty where this user may not ask. */
  public Map<String, String> info() {
    return redis.info();
  }

  @Override
  public void close() {
    redis.close();
  }
}
