package io.fcrawler.store.memory;

import io.fcrawler.command.Command.Open;
import io.fcrawler.command.Position;
import io.fcrawler.lane.Lane;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.AcquireReply;
import io.fcrawler.store.AcquireRequest;
import io.fcrawler.store.Announcement;
import io.fcrawler.store.Applied;
import io.fcrawler.store.Cleanup;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.Damage;
import io.fcrawler.store.EmptyFinding;
import io.fcrawler.store.EmptyState;
import io.fcrawler.store.Exclusion;
import io.fcrawler.store.Failure;
import io.fcrawler.store.FormerCrawl;
import io.fcrawler.store.Link;
import io.fcrawler.store.ListPage;
import io.fcrawler.store.ListQuery;
import io.fcrawler.store.NextOffset;
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
import io.fcrawler.store.TroubledHost;
import io.fcrawler.store.TurnReply;
import io.fcrawler.store.TurnRequest;
import io.fcrawler.store.WorkerRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A {@link CrawlStore} in this process, for tests and as the specification of all others. One lock
 * guards everything; listeners are called without it, by the thread whose call made the news.
 */
public final class MemoryCrawlStore implements CrawlStore {
  private final MemoryState state;
  private final Announcements announcements = new Announcements();
  private final MemoryWorkerRegistry workers = new MemoryWorkerRegistry();
  private final MemoryRobotsStore robots;
  private final MemoryMetadata metadata;
  private volatile Optional<Cleanup> lastCleanup = Optional.empty();

  /**
   * @param clock the store's time: of leases, delays, sessions and all instants that it tells
   */
  public MemoryCrawlStore(InstantSource clock) {
    state = new MemoryState(clock);
    robots = new MemoryRobotsStore(clock);
    metadata = new MemoryMetadata(clock);
  }

  @Override
  public Map<Integer, NextOffset> offsets() {
    return state.onCommands((commands, _) -> commands.offsets());
  }

  @Override
  public Optional<Long> note(NoteRequest request) {
    return state.onCommands((commands, now) -> commands.note(request, now));
  }

  @Override
  public Applied apply(NotedCommand noted, Optional<Position> after) {
    Seed seed = noted.command().seed();
    if (noted.command() instanceof Open open) {
      Lane lane = Link.start(open).lane(); // refuses a bad start page beforehand
      Applied applied = state.change(seed, (shard, now) -> shard.apply(noted, after, now));
      announceStart(seed, lane, applied);
      return applied;
    }
    Applied applied = state.change(seed, (shard, now) -> shard.apply(noted, after, now));
    if (applied == Applied.DONE) {
      announcements.seed(seed);
    }
    return applied;
  }

  @Override
  public Applied openWaiting(Seed seed) {
    Optional<Open> opened = state.onExisting(seed, SeedShard::openWaiting);
    opened.ifPresent(it -> announceStart(seed, Link.start(it).lane(), Applied.DONE));
    return opened.isPresent() ? Applied.DONE : Applied.IGNORED;
  }

  private void announceStart(Seed seed, Lane lane, Applied applied) {
    if (applied == Applied.DONE) {
      announcements.lanes(seed, Set.of(lane));
    }
  }

  @Override
  public void forEachActive(Consumer<Map<Seed, List<NotedCommand>>> part) {
    part.accept(state.onCommands((commands, _) -> commands.active()));
  }

  @Override
  public Map<Seed, List<NotedCommand>> noted(Collection<Seed> seeds) {
    Map<Seed, List<NotedCommand>> noted = new HashMap<>(active());
    noted.keySet().retainAll(Set.copyOf(seeds));
    return noted;
  }

  @Override
  public void retire(Seed seed, List<NotedCommand> noted) {
    state.onCommands((commands, _) -> commands.retire(seed, noted));
  }

  @Override
  public void reactivate(Seed seed) {
    state.onCommands((commands, _) -> commands.reactivate(seed));
  }

  @Override
  public AcquireReply acquire(AcquireRequest request) {
    return state.inSession(
        request.session(),
        Optional.of(request.lease()),
        (crawl, now) -> new Acquire(crawl, request, now).run(),
        AcquireReply.Refused::new);
  }

  @Override
  public TurnReply turn(TurnRequest request) {
    List<Announcement> news = new ArrayList<>();
    TurnReply reply =
        state.inSession(
            request.session(),
            Optional.of(request.lease()),
            (crawl, now) -> new Turn(crawl, request, now, news).run(),
            TurnReply.Refused::new);
    news.forEach(announcements::announce);
    return reply;
  }

  @Override
  public Optional<Refusal> release(ReleaseRequest request) {
    Set<Lane> released = new LinkedHashSet<>();
    Optional<Refusal> refusal =
        state.inSession(
            request.session(),
            Optional.empty(),
            (crawl, now) -> new Release(crawl, request, now, released).run(),
            Optional::of);
    announcements.lanes(request.session().crawl().seed(), released);
    return refusal;
  }

  @Override
  public Optional<Repaired> repair(Seed seed) {
    Set<Lane> lanes = new LinkedHashSet<>();
    Optional<Repaired> repaired =
        state.onExisting(
            seed,
            (shard, now) ->
                shard
                    .current()
                    .filter(crawl -> crawl.status() != CrawlStatus.CANCELLED)
                    .map(crawl -> repaired(crawl, now, lanes)));
    announcements.lanes(seed, lanes);
    return repaired;
  }

  private static Repaired repaired(CrawlState crawl, Instant now, Set<Lane> lanes) {
    List<String> before = crawl.damage().map(Damage::differences).orElse(List.of());
    lanes.addAll(crawl.repair(now));
    List<String> left = crawl.damage().map(Damage::differences).orElse(List.of());
    return new Repaired(lanes.size(), left, !left.equals(before));
  }

  @Override
  public boolean removeFormer(Seed seed, String mark) {
    state.onExisting(seed, (shard, _) -> Optional.of(shard.leftOvers().remove(mark)));
    return true;
  }

  @Override
  public Map<Seed, SeedState> states(Collection<Seed> wanted) {
    Map<Seed, SeedState> states = new HashMap<>();
    for (Seed seed : wanted) {
      state
          .onExisting(seed, (shard, _) -> View.state(shard))
          .ifPresent(found -> states.put(seed, found));
    }
    return states;
  }

  @Override
  public List<Seed> seeds(long from, int limit) {
    return state.onCommands((commands, _) -> commands.seeds(from, limit));
  }

  @Override
  public Optional<Progress> progress(Seed seed) {
    return state.onExisting(seed, View::progress);
  }

  @Override
  public Map<Seed, Progress> progress(List<Seed> seeds) {
    Map<Seed, Progress> all = new LinkedHashMap<>();
    seeds.forEach(seed -> progress(seed).ifPresent(found -> all.put(seed, found)));
    return all;
  }

  @Override
  public void index(Map<Seed, CrawlStatus> statuses) {
    state.onCommands((commands, now) -> commands.index(statuses, now));
  }

  @Override
  public Set<Seed> damaged() {
    return state.onCommands((commands, _) -> commands.damaged());
  }

  @Override
  public void noteDamaged(Set<Seed> damaged, Set<Seed> well) {
    state.onCommands((commands, _) -> commands.noteDamaged(damaged, well));
  }

  @Override
  public SeedPage list(SeedQuery query) {
    return state.onCommands((commands, _) -> commands.list(query));
  }

  @Override
  public Optional<ListPage<Failure>> failures(Seed seed, ListQuery query) {
    return state.onExisting(
        seed, (shard, _) -> shard.current().map(crawl -> View.failures(crawl, query)));
  }

  @Override
  public Optional<ListPage<Exclusion>> exclusions(Seed seed, ListQuery query) {
    return state.onExisting(
        seed, (shard, _) -> shard.current().map(crawl -> View.exclusions(crawl, query)));
  }

  @Override
  public List<TroubledHost> troubledHosts(Seed seed, int most) {
    return state
        .onExisting(
            seed,
            (shard, now) -> shard.current().map(crawl -> View.troubledHosts(crawl, most, now)))
        .orElse(List.of());
  }

  @Override
  public Optional<Receipt> receipt(Seed seed) {
    return state.onExisting(seed, (shard, _) -> shard.current().map(View::receipt));
  }

  @Override
  public List<FormerCrawl> crawls(Seed seed) {
    return state.onExisting(seed, (shard, _) -> Optional.of(shard.former())).orElse(List.of());
  }

  @Override
  public void markQueued(Open open) {
    state.change(open.seed(), (shard, _) -> shard.markQueued(open));
  }

  @Override
  public Optional<Open> queued(Seed seed) {
    return state.onExisting(seed, (shard, _) -> shard.queued());
  }

  @Override
  public Subscription listen(Consumer<Announcement> listener) {
    return announcements.listen(listener);
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
    Cleanup cleanup =
        state.onCommands((commands, _) ->
            new Cleanup(
                at,
                workerCount,
                removed,
                commands.seeds(0, Integer.MAX_VALUE).size(),
                commands.active().size()));
    lastCleanup = Optional.of(cleanup);
    return cleanup;
  }

  @Override
  public Optional<Cleanup> lastCleanup() {
    return lastCleanup;
  }

  @Override
  public Optional<Instant> firstStart() {
    return Optional.of(metadata.firstStart());
  }

  @Override
  public boolean noteEmpty(EmptyFinding finding) {
    return metadata.note(finding);
  }

  @Override
  public Optional<EmptyState> emptyState() {
    return metadata.read();
  }

  @Override
  public boolean endRest() {
    return metadata.endRest();
  }

  @Override
  public void checkCompatible() {
    // a store in memory was written by this program
  }

  @Override
  public Optional<String> problem() {
    return Optional.empty();
  }

  @Override
  public void close() {
    announcements.close();
  }

  /** Loses what waits in a lane, as by an eviction. */
  public void loseQueue(Seed seed, Lane lane) {
    onLane(seed, lane, LaneState::loseQueue);
  }

  /** Loses that a lane was opened, as by a fault. */
  public void loseOpening(Seed seed, Lane lane) {
    onLane(seed, lane, LaneState::loseOpening);
  }

  private void onLane(Seed seed, Lane lane, Consumer<LaneState> fault) {
    state.change(
        seed,
        (shard, _) -> {
          shard.current().ifPresent(crawl -> fault.accept(crawl.lane(lane)));
          return true;
        });
  }

  /** A copy of the whole state. */
  public Snapshot snapshot() {
    return state.snapshot();
  }

  /** Puts the whole state back. */
  public void restore(Snapshot snapshot) {
    state.restore(snapshot);
  }

  /** Puts back what is kept under {@code {fcrawler}} alone: offsets, active seeds, all seeds. */
  public void restoreCommands(Snapshot snapshot) {
    state.restoreCommands(snapshot);
  }

  /** Puts back one seed alone; one that was not there then is not there any more. */
  public void restoreSeed(Snapshot snapshot, Seed seed) {
    state.restoreSeed(snapshot, seed);
  }
}
