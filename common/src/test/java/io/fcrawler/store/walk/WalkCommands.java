package io.fcrawler.store.walk;

import io.fcrawler.command.Command;
import io.fcrawler.command.Command.Cancel;
import io.fcrawler.command.Command.Open;
import io.fcrawler.command.Command.Pause;
import io.fcrawler.command.Command.Resume;
import io.fcrawler.command.Position;
import io.fcrawler.lane.Slots;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.NoteRequest;
import io.fcrawler.store.NotedCommand;
import io.fcrawler.store.Progress;
import io.fcrawler.store.StoreBackend;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The users, the API, the log, which forgets nothing, and a consumer that notes and applies. */
final class WalkCommands {
  private final CrawlStore store;
  private final Random random;
  private final InstantSource clock;
  private final Seed seed;
  private final Open template;
  private final String topicId;
  private final List<Command> log = new ArrayList<>();
  private long next;

  WalkCommands(
      StoreBackend backend, Random random, Seed seed, String startUrl, CrawlOptions options) {
    this.store = backend.store();
    this.clock = backend.clock();
    this.random = random;
    this.seed = seed;
    this.topicId = "topic-of-" + seed;
    this.template = new Open(seed, crawlId(), Optional.empty(), startUrl, true, options, now());
  }

  private CrawlId crawlId() {
    return CrawlId.next(Instant.EPOCH, random);
  }

  /** In milliseconds, as stores keep it. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Submits the seed; while its crawl is not finished nothing comes of that. */
  void submit() {
    Optional<Progress> progress = store.progress(seed);
    if (progress.isEmpty() || progress.get().status().finished()) {
      Optional<CrawlId> saw = progress.map(it -> it.crawl().crawlId());
      Open open =
          new Open(seed, crawlId(), saw, template.startUrl(), true, template.options(), now());
      if (random.nextBoolean()) {
        store.markQueued(open);
      }
      append(open);
    }
  }

  /** Does to the crawl that is shown what a user may do. */
  void control() {
    Optional<Progress> shown = store.progress(seed);
    if (shown.isPresent() && shown.get().status() != CrawlStatus.QUEUED) {
      CrawlId id = shown.get().crawl().crawlId();
      switch (random.nextInt(8)) {
        case 0 -> append(new Cancel(seed, id));
        case 1, 2, 3 -> append(new Pause(seed, id));
        default -> append(new Resume(seed, id));
      }
    }
  }

  void resume(CrawlId id) {
    append(new Resume(seed, id));
  }

  private void append(Command command) {
    log.add(command);
    if (random.nextInt(6) == 0) {
      log.add(command); // the log did not acknowledge in time, and it is given again
    }
  }

  /** Notes some of the next commands, and applies them, unless the consumer dies between. */
  void consume() {
    long end = Math.min(log.size(), next + 1 + random.nextInt(3));
    List<NotedCommand> batch = new ArrayList<>();
    for (long offset = next; offset < end; offset++) {
      batch.add(
          new NotedCommand(
              new Position(topicId, partition(), offset), log.get(Math.toIntExact(offset))));
    }
    Optional<Long> stored =
        store.note(new NoteRequest(partition(), topicId, next, Math.max(next, end), batch));
    next = stored.orElse(Math.max(next, end));
    if (stored.isEmpty() && random.nextInt(3) > 0) {
      applyNoted();
    }
  }

  private int partition() {
    return Slots.of(seed.host());
  }

  /** Another consumer begins anywhere: the store says where it should. */
  void rebalance() {
    next = random.nextInt(log.size() + 1);
  }

  /** Applies what is noted and was forgotten; opens what waits. */
  void scan() {
    applyNoted();
    store.openWaiting(seed);
  }

  /**
   * All that is noted, not the newest alone: the seed may have gone back, or an earlier consumer
   * died, and what is not applied before a later command is lost.
   */
  private void applyNoted() {
    store.active().getOrDefault(seed, List.of()).forEach(store::apply);
  }

  /** Goes on until the whole log is noted and applied. */
  void sync() {
    do {
      consume();
    } while (next < log.size());
    store.reactivate(seed);
    scan();
  }

  /**
   * Whether all submissions lead to this crawl. Each open that saw the last one follows it, and all
   * others come to nothing. Where crawls were cancelled, one of those may never have begun in the
   * state that went back, and another may have taken the place of its follower; but the seed is
   * crawled after its last submission, unless that was cancelled.
   */
  boolean mayEndWith(Progress ended) {
    List<Open> opens =
        log.stream().filter(Open.class::isInstance).map(Open.class::cast).distinct().toList();
    Open last = opens.getFirst();
    for (Open open : opens) {
      last = open.saw().equals(Optional.of(last.crawlId())) ? open : last;
    }
    if (opens.stream().noneMatch(this::isCancelled)) {
      return ended.crawl().crawlId().equals(last.crawlId());
    }
    return isCancelled(last) || !ended.startedAt().orElseThrow().isBefore(last.submittedAt());
  }

  private boolean isCancelled(Open open) {
    return log.contains(new Cancel(seed, open.crawlId()));
  }

  @Override
  public String toString() {
    return log.toString();
  }
}
