package io.fcrawler.store.memory;

import io.fcrawler.command.Command.Open;
import io.fcrawler.lane.Lane;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.Damage;
import io.fcrawler.store.Entry;
import io.fcrawler.store.Exclusion;
import io.fcrawler.store.Link;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One crawl: its URLs, lanes, hosts and sessions, and where it is in its life. */
final class CrawlState extends StatePart {

  private final Open open;
  private final Instant startedAt;
  private final Ledger ledger;
  private final Map<Lane, LaneState> lanes;
  private final NavigableMap<String, HostRecord> hosts;
  private final Set<String> joined;
  private final Set<String> spread;
  private final Sessions sessions;
  private final RateSamples samples;
  private CrawlStatus status;
  private Instant updatedAt;
  private @Nullable Instant finishedAt;
  private @Nullable Damage damage;

  /** A new crawl, its start page queued. */
  CrawlState(Open open, Instant now) {
    this.open = open;
    startedAt = now;
    ledger = new Ledger();
    lanes = new HashMap<>();
    hosts = new TreeMap<>();
    joined = new HashSet<>();
    spread = new HashSet<>();
    sessions = new Sessions();
    samples = new RateSamples();
    status = CrawlStatus.CRAWLING;
    updatedAt = now;
    find(Link.start(open));
    samples.take(now, 0);
  }

  private CrawlState(CrawlState other) {
    open = other.open;
    startedAt = other.startedAt;
    ledger = other.ledger.copy();
    lanes = new HashMap<>(other.lanes);
    lanes.replaceAll((_, lane) -> lane.copy());
    hosts = new TreeMap<>(other.hosts);
    joined = new HashSet<>(other.joined);
    spread = new HashSet<>(other.spread);
    sessions = other.sessions.copy();
    samples = other.samples.copy();
    status = other.status;
    updatedAt = other.updatedAt;
    finishedAt = other.finishedAt;
    damage = other.damage;
  }

  CrawlState copy() {
    return new CrawlState(this);
  }

  /**
   * Takes in a URL, if it was not seen before, and queues it, unless it is kept out.
   *
   * @return whether its lane's queue was empty and is not now
   */
  boolean find(Link link) {
    Entry entry = link.entry();
    boolean lifts = link.exclusion().isEmpty() && ledger.isKeptOutByTheWay(entry.url());
    if (lifts) {
      ledger.lift(entry.fingerprint(), entry.url());
    } else if (ledger.hasSeen(entry.fingerprint())) {
      return false;
    }
    Optional<String> reason = link.exclusion().or(this::full);
    if (reason.isPresent()) {
      ledger.keepOut(entry.fingerprint(), entry.url(), reason.get());
      return false;
    }
    ledger.admit(entry.fingerprint());
    return lane(link.lane()).push(entry);
  }

  private Optional<String> full() {
    long most = open.options().maxPages();
    boolean full = most >= 0 && ledger.counters().total() >= most;
    return full ? Optional.of(Exclusion.MAX_PAGES) : Optional.empty();
  }

  void join(Collection<String> authorities) {
    joined.addAll(authorities);
  }

  void spread(String host) {
    spread.add(host);
  }

  /** What is known of a host. */
  HostRecord host(String host) {
    return hosts.getOrDefault(host, HostRecord.WELL);
  }

  void remember(String host, HostRecord record, Instant now) {
    if (record.matters(now)) {
      hosts.put(host, record);
    } else {
      hosts.remove(host);
    }
  }

  /** Those that something is held against, by their names. */
  NavigableMap<String, HostRecord> hosts() {
    return hosts;
  }

  /** Ends the settling part of a call: done where nothing is pending. */
  void conclude(Instant now) {
    updatedAt = now;
    if (ledger.counters().pending() == 0) {
      become(CrawlStatus.DONE, now);
    }
    samples.take(now, ledger.counters().ended());
  }

  void become(CrawlStatus next, Instant now) {
    status = next;
    updatedAt = now;
    if (next.finished()) {
      finishedAt = now;
    }
  }

  /** Opens lanes that hold entries, and notes what does not add up; gives the lanes opened. */
  Set<Lane> repair(Instant now) {
    Set<Lane> opened =
        lanes.entrySet().stream()
            .filter(lane -> lane.getValue().reopen())
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    List<String> differences = View.receipt(this).differences();
    Instant since = damage == null ? now : damage.since();
    damage = differences.isEmpty() ? null : new Damage(differences, since);
    return opened;
  }

  Optional<Damage> damage() {
    return Optional.ofNullable(damage);
  }

  boolean isHeld(Lane lane, String session) {
    LaneState state = lanes.get(lane);
    return state != null && state.heldBy(session);
  }

  /** The lane's state, made where there is none. */
  LaneState lane(Lane lane) {
    return lanes.computeIfAbsent(lane, _ -> new LaneState());
  }

  Collection<LaneState> lanes() {
    return lanes.values();
  }

  /** The lanes that were opened by an entry. */
  Set<Lane> opened() {
    return lanes.entrySet().stream()
        .filter(lane -> lane.getValue().opened())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  Open open() {
    return open;
  }

  CrawlId id() {
    return open.crawlId();
  }

  CrawlRef ref() {
    return new CrawlRef(open.seed(), open.crawlId());
  }

  CrawlStatus status() {
    return status;
  }

  Ledger ledger() {
    return ledger;
  }

  Set<String> joined() {
    return joined;
  }

  Set<String> spread() {
    return spread;
  }

  Sessions sessions() {
    return sessions;
  }

  RateSamples samples() {
    return samples;
  }

  Instant startedAt() {
    return startedAt;
  }

  Instant updatedAt() {
    return updatedAt;
  }

  Optional<Instant> finishedAt() {
    return Optional.ofNullable(finishedAt);
  }

  @Override
  List<?> content() {
    return List.of(
        List.of(open, startedAt, updatedAt, finishedAt(), status, damage()),
        List.of(ledger, lanes, hosts, joined, spread, sessions, samples));
  }
}
