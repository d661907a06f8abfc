package io.fcrawler.store;

import io.fcrawler.command.Command.Open;
import io.fcrawler.command.Position;
import io.fcrawler.seed.Seed;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The state of all crawls. Thread-safe; every method blocks for one answer at the most.
 *
 * <p>Every method throws {@link StoreUnavailableException} where no answer came, and {@link
 * NotExecutedException} where the answer says that nothing was done.
 */
public interface CrawlStore extends AutoCloseable {

  // The commands' path: noted under {fcrawler}, then applied to the seed.

  /** How far each partition was noted; a partition that never was is absent. */
  Map<Integer, NextOffset> offsets();

  /**
   * Notes commands under their seeds and raises the partition's offset, in one step, if the stored
   * offset is the expected one.
   *
   * @return empty if noted; else the offset that is stored for this topic id, 0 for none
   */
  Optional<Long> note(NoteRequest request);

  /**
   * Applies a noted command to its seed; one at or below the last applied changes nothing. So the
   * commands of a seed must be applied in the order of {@link #active()}, beginning with the first
   * that is not applied: one that is passed over counts as applied, and is lost.
   *
   * <p>An open begins its crawl where there is none, or where it saw the current one finished, even
   * if another waits (which goes on waiting). One that saw the current crawl, which is unfinished,
   * waits, unless another does; one that saw the waiting crawl takes its place. A waiting crawl may
   * be cancelled: it never begins, but an open that saw it counts as one that saw the current
   * crawl. All else is ignored.
   */
  default Applied apply(NotedCommand noted) {
    return apply(noted, Optional.empty());
  }

  /**
   * The same for a command that follows another in the seed's notes.
   *
   * @param after the position of the one before it: if that is not applied (any more, since the
   *     state went back in time) nothing changes, or it would count as applied for ever
   */
  Applied apply(NotedCommand noted, Optional<Position> after);

  /** The noted commands of some seeds, in order; a seed that is not active is absent. */
  Map<Seed, List<NotedCommand>> noted(Collection<Seed> seeds);

  /** Opens the crawl that waits for the current one, if that one is finished. */
  Applied openWaiting(Seed seed);

  /**
   * Gives the noted commands of every active seed, in order, a bounded part of the seeds at a time.
   * A seed may be active without any. One that becomes active or ceases to be so meanwhile may be
   * given or not.
   */
  void forEachActive(Consumer<Map<Seed, List<NotedCommand>>> part);

  /** The noted commands of every active seed; for few of them. */
  default Map<Seed, List<NotedCommand>> active() {
    Map<Seed, List<NotedCommand>> active = new HashMap<>();
    forEachActive(active::putAll);
    return active;
  }

  /** Drops a seed from the active ones, if its noted commands are still these. */
  void retire(Seed seed, List<NotedCommand> commands);

  /** Makes a seed active again, with no noted command, unless it is. */
  void reactivate(Seed seed);

  // The lanes' path.

  /** A predecessor's lanes count as released in the calls that name it, and only there. */
  AcquireReply acquire(AcquireRequest request);

  /**
   * Settles all that is held, lane by lane, then claims. A turn of a paused crawl claims nothing,
   * and says nothing of when more is due. Of a host in trouble, what was never tried is claimed
   * before what is retried, and one entry at a time while it is backed off ({@link HostPatience}).
   */
  TurnReply turn(TurnRequest request);

  /** Releases lanes that the session holds; of others nothing. Empty if accepted. */
  Optional<Refusal> release(ReleaseRequest request);

  /**
   * Audits a seed's current crawl in bounded steps. Lanes that hold entries but are not in the list
   * of lanes are put into it. What differs beside that is noted in the crawl as its {@link Damage};
   * where nothing does, that is noted too.
   *
   * @return empty where there is no crawl, it was cancelled, or it changed meanwhile
   */
  Optional<Repaired> repair(Seed seed);

  /**
   * Removes what an ended crawl left, a bounded part in a call; true when nothing is left. A mark
   * of a crawl that is current (again, because the state went back in time) removes nothing.
   *
   * @param mark one of {@link SeedState#former()}
   */
  boolean removeFormer(Seed seed, String mark);

  // Reads.

  /** The states of those seeds that have a crawl. */
  Map<Seed, SeedState> states(Collection<Seed> seeds);

  /** Some of all seeds ever noted, from the place in the order of their first command on. */
  List<Seed> seeds(long from, int limit);

  Optional<Progress> progress(Seed seed);

  /** The progress of those seeds that have a crawl, each read in one step, in the given order. */
  Map<Seed, Progress> progress(List<Seed> seeds);

  /** Whether a seed has parts of a crawl, but that which names it is gone: it has no progress. */
  default boolean isNameless(Seed seed) {
    return false;
  }

  // The list of seeds: complete, but statuses in it may be late.

  /** Notes the statuses of crawls for the list; a seed that it lacks is added. */
  void index(Map<Seed, CrawlStatus> statuses);

  /** Seeds whose crawls are damaged, as {@link #noteDamaged} noted them. */
  Set<Seed> damaged();

  /** Notes seeds whose crawls are damaged, and such whose crawls are not, or not any more. */
  void noteDamaged(Set<Seed> damaged, Set<Seed> well);

  /** Part of the list of all seeds. */
  SeedPage list(SeedQuery query);

  /** Part of the current crawl's failures, in the order of their URLs. */
  Optional<ListPage<Failure>> failures(Seed seed, ListQuery query);

  /** Part of what is kept out of the current crawl, in the order of the URLs. */
  Optional<ListPage<Exclusion>> exclusions(Seed seed, ListQuery query);

  /**
   * Hosts that hold up the current crawl, in the order of their names; not all where there are more
   * than {@code most}. None of a crawl that is finished.
   */
  List<TroubledHost> troubledHosts(Seed seed, int most);

  Optional<Receipt> receipt(Seed seed);

  /** Former crawls, the latest first. */
  List<FormerCrawl> crawls(Seed seed);

  /**
   * Shows the seed as queued until an open is applied to it; decides nothing. Not shown while a
   * crawl is under way.
   */
  void markQueued(Open open);

  /** The open command of a crawl that is shown as queued. */
  Optional<Open> queued(Seed seed);

  // Beside the state.

  /** The workers on this state. */
  WorkerRegistry workers();

  /** The robots.txt files that the workers share. */
  RobotsStore robots();

  /** Notes that the workers were cleaned up, with totals; gives all that it noted. */
  Cleanup noteCleanup(Instant at, int workers, int removed);

  /** The last one that was noted. */
  Optional<Cleanup> lastCleanup();

  /**
   * When this state was first used, by the clock of the program that did; empty where that was one
   * that did not note it.
   */
  Optional<Instant> firstStart();

  /** Notes that the store was found empty, unless that is noted; whether it was by this call. */
  boolean noteEmpty(EmptyFinding finding);

  /** What was noted when it was found empty, if ever. */
  Optional<EmptyState> emptyState();

  /** Ends the rest that followed; whether there was one. */
  boolean endRest();

  /** Calls {@code listener} for announcements until the result is closed. */
  Subscription listen(Consumer<Announcement> listener);

  /**
   * Makes sure that the state is one that this program can go on with; an empty store becomes one.
   * All other calls make sure of it too, now and then and after each that was not answered.
   *
   * @throws IncompatibleStoreException where another schema or another number of slots wrote it
   */
  void checkCompatible();

  /**
   * What keeps the store from being used, be it for writes alone, in a few words; empty if nothing
   * does. Waits for its answers, a few seconds at most.
   */
  Optional<String> problem();

  @Override
  void close();

  /** A running subscription. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
