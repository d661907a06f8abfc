package io.fcrawler.store.memory;

import io.fcrawler.command.Command;
import io.fcrawler.command.Command.Cancel;
import io.fcrawler.command.Command.Open;
import io.fcrawler.command.Command.Pause;
import io.fcrawler.command.Command.Resume;
import io.fcrawler.command.Position;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.store.Applied;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.FormerCrawl;
import io.fcrawler.store.NotedCommand;
import io.fcrawler.store.Refusal;
import io.fcrawler.store.SessionRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is kept of one seed: its current crawl, the one that waits, and what came before. */
final class SeedShard extends StatePart {
  private final List<FormerCrawl> former;
  private final Set<String> leftOvers;
  private @Nullable CrawlState current;
  private @Nullable Open waiting;
  private @Nullable CrawlId cancelledWaiting;
  private @Nullable Position applied;
  private @Nullable Open queued;

  SeedShard() {
    former = new ArrayList<>();
    leftOvers = new LinkedHashSet<>();
  }

  private SeedShard(SeedShard other) {
    former = new ArrayList<>(other.former);
    leftOvers = new LinkedHashSet<>(other.leftOvers);
    current = other.current == null ? null : other.current.copy();
    waiting = other.waiting;
    cancelledWaiting = other.cancelledWaiting;
    applied = other.applied;
    queued = other.queued;
  }

  SeedShard copy() {
    return new SeedShard(this);
  }

  Applied apply(NotedCommand noted, Optional<Position> after, Instant now) {
    if (appliedBefore(noted.position())) {
      return Applied.REPEATED;
    }
    if (after.isPresent() && !appliedBefore(after.get())) {
      return Applied.EARLY;
    }
    applied = noted.position();
    Command command = noted.command();
    return switch (command) {
      case Open open -> open(open, now);
      case Pause _ -> change(command, CrawlStatus.CRAWLING, CrawlStatus.PAUSED, now);
      case Resume _ -> change(command, CrawlStatus.PAUSED, CrawlStatus.CRAWLING, now);
      case Cancel _ -> cancel(command, now);
    };
  }

  private boolean appliedBefore(Position position) {
    return applied != null
        && applied.topicId().equals(position.topicId())
        && position.offset() <= applied.offset();
  }

  private Applied open(Open open, Instant now) {
    queued = null;
    if (isKnown(open.crawlId())) {
      return Applied.IGNORED;
    }
    if (current == null || (follows(open) && current.status().finished())) {
      begin(open, now);
      return Applied.DONE;
    }
    boolean free = waiting == null ? follows(open) : open.saw().equals(waitingId());
    if (!free) {
      return Applied.IGNORED;
    }
    waiting = open;
    return Applied.WAITING;
  }

  private boolean isKnown(CrawlId id) {
    return isCurrent(id) || isWaiting(id) || id.equals(cancelledWaiting);
  }

  /** Whether the API saw the current crawl, or one that was to follow it but was cancelled. */
  private boolean follows(Open open) {
    return open.saw().filter(saw -> isCurrent(saw) || saw.equals(cancelledWaiting)).isPresent();
  }

  private void begin(Open open, Instant now) {
    if (current != null) {
      former.addFirst(View.former(current));
      leftOvers.add(current.id().shortForm());
    }
    current = new CrawlState(open, now);
    cancelledWaiting = null;
  }

  /** Opens the waiting crawl, if the current one is finished; gives it. */
  Optional<Open> openWaiting(Instant now) {
    Open open = waiting;
    if (open == null || (current != null && !current.status().finished())) {
      return Optional.empty();
    }
    begin(open, now);
    waiting = null;
    return Optional.of(open);
  }

  private Applied change(Command command, CrawlStatus from, CrawlStatus to, Instant now) {
    if (current == null || !isCurrent(command.crawlId()) || current.status() != from) {
      return Applied.IGNORED;
    }
    current.become(to, now);
    return Applied.DONE;
  }

  private Applied cancel(Command command, Instant now) {
    if (isWaiting(command.crawlId())) {
      waiting = null;
      cancelledWaiting = command.crawlId();
      return Applied.DONE;
    }
    Applied done = change(command, CrawlStatus.CRAWLING, CrawlStatus.CANCELLED, now);
    return done == Applied.DONE
        ? done
        : change(command, CrawlStatus.PAUSED, CrawlStatus.CANCELLED, now);
  }

  /** Why a session's call must not be executed; empty where it may. */
  Optional<Refusal> refusal(SessionRef session, Instant now) {
    if (current == null || !isCurrent(session.crawl().crawlId()) || current.status().finished()) {
      return Optional.of(Refusal.GONE);
    }
    return current.sessions().expects(session, now) ? Optional.empty() : Optional.of(Refusal.STALE);
  }

  /** Marks a crawl that is not opened yet; true where it is not. */
  boolean markQueued(Open open) {
    boolean opened = isCurrent(open.crawlId());
    if (!opened) {
      queued = open;
    }
    return !opened;
  }

  /** The crawl that is shown as queued: not opened yet, and none is under way. */
  Optional<Open> queued() {
    boolean underWay = current != null && !current.status().finished();
    return Optional.ofNullable(queued).filter(open -> !underWay && !isCurrent(open.crawlId()));
  }

  Optional<CrawlState> current() {
    return Optional.ofNullable(current);
  }

  boolean hasWaiting() {
    return waiting != null;
  }

  Optional<Position> applied() {
    return Optional.ofNullable(applied);
  }

  /** Whether nothing was ever done to it. */
  boolean isEmpty() {
    return applied == null && queued == null && current == null;
  }

  List<FormerCrawl> former() {
    return List.copyOf(former);
  }

  /** Short ids of former crawls of which something is left. */
  Set<String> leftOvers() {
    return leftOvers;
  }

  private boolean isCurrent(CrawlId id) {
    return current != null && current.id().equals(id);
  }

  private boolean isWaiting(CrawlId id) {
    return waitingId().equals(Optional.of(id));
  }

  private Optional<CrawlId> waitingId() {
    return Optional.ofNullable(waiting).map(Open::crawlId);
  }

  @Override
  List<?> content() {
    return List.of(
        former,
        leftOvers,
        current(),
        Optional.ofNullable(waiting),
        Optional.ofNullable(cancelledWaiting),
        applied(),
        Optional.ofNullable(queued));
  }
}
