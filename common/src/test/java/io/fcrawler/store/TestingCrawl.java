package io.fcrawler.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fcrawler.command.Command;
import io.fcrawler.command.Command.Cancel;
import io.fcrawler.command.Command.Open;
import io.fcrawler.command.Command.Pause;
import io.fcrawler.command.Command.Resume;
import io.fcrawler.command.Position;
import io.fcrawler.lane.Lane;
import io.fcrawler.lane.Slots;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.Seed;
import io.fcrawler.url.CrawlUrl;
import io.fcrawler.url.Fingerprinter;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** A seed of its own with one crawl after another, and the log of its commands. */
final class TestingCrawl {
  private static final SecureRandom RANDOM = new SecureRandom();

  final StoreBackend backend;
  final CrawlStore store;
  final Seed seed;
  final Log log;
  final Open open;

  private TestingCrawl(StoreBackend backend, Log log, Open open) {
    this.backend = backend;
    this.store = backend.store();
    this.seed = open.seed();
    this.log = log;
    this.open = open;
  }

  /** The seed's part of a topic: hands out positions. */
  static final class Log {
    final String topicId;
    final int partition;
    private long next;

    Log(Seed seed, String topicId) {
      this.topicId = topicId;
      partition = Slots.of(seed.host());
    }

    long next() {
      return next;
    }

    NotedCommand append(Command command) {
      return new NotedCommand(new Position(topicId, partition, next++), command);
    }
  }

  /** A crawl that no store knows yet, with the default options. */
  static TestingCrawl unopened(StoreBackend backend) {
    return unopened(backend, CrawlOptions.DEFAULT);
  }

  static TestingCrawl unopened(StoreBackend backend, CrawlOptions options) {
    Seed seed = new Seed("t-" + UUID.randomUUID() + ".example");
    return new TestingCrawl(
        backend,
        new Log(seed, UUID.randomUUID().toString()),
        command(seed, Optional.empty(), options, "https://" + seed + "/"));
  }

  private static Open command(Seed seed, Optional<CrawlId> saw, CrawlOptions options, String url) {
    Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
    return new Open(seed, CrawlId.next(now, RANDOM), saw, url, false, options, now);
  }

  /** The same, not yet opened, of a user who gave no scheme. */
  TestingCrawl tryingHttp() {
    return new TestingCrawl(
        backend,
        log,
        new Open(
            seed, id(), open.saw(), open.startUrl(), true, open.options(), open.submittedAt()));
  }

  /** The same in a topic that was made anew. */
  TestingCrawl inTopic(String topicId) {
    return new TestingCrawl(backend, new Log(seed, topicId), open);
  }

  /** A crawl that is under way. */
  static TestingCrawl opened(StoreBackend backend) {
    return opened(backend, CrawlOptions.DEFAULT);
  }

  static TestingCrawl opened(StoreBackend backend, CrawlOptions options) {
    TestingCrawl crawl = unopened(backend, options);
    assertEquals(Applied.DONE, crawl.apply(crawl.open));
    return crawl;
  }

  /** A further crawl of the seed, not yet opened, made by an API that saw this one. */
  TestingCrawl next() {
    return other(Optional.of(id()));
  }

  /** A further crawl of the seed, not yet opened. */
  TestingCrawl other(Optional<CrawlId> saw) {
    return new TestingCrawl(backend, log, command(seed, saw, open.options(), open.startUrl()));
  }

  Applied apply(Command command) {
    return store.apply(log.append(command));
  }

  /** Applies the command that opens this crawl. */
  Applied open() {
    return apply(open);
  }

  Command pausing() {
    return new Pause(seed, id());
  }

  Command resumption() {
    return new Resume(seed, id());
  }

  Command cancellation() {
    return new Cancel(seed, id());
  }

  Applied pause() {
    return apply(pausing());
  }

  Applied resume() {
    return apply(resumption());
  }

  Applied cancel() {
    return apply(cancellation());
  }

  /** Crawls all that is left in the first lane, which must be free, and so ends the crawl. */
  void end() {
    TestingSession session = holder();
    List<Entry> claimed = session.claim(lane(), 100);
    while (!claimed.isEmpty()) {
      Turns turn = Turns.on(lane()).crawled(claimed.toArray(Entry[]::new)).claim(100);
      claimed = TestingSession.held(session.turn(turn), lane()).claimed();
    }
    assertEquals(CrawlStatus.DONE, receipt().status());
  }

  CrawlId id() {
    return open.crawlId();
  }

  CrawlRef ref() {
    return new CrawlRef(seed, id());
  }

  TestingSession session() {
    return new TestingSession(store, ref());
  }

  /** A session that holds the first lane, and nothing claimed. */
  TestingSession holder() {
    TestingSession session = session();
    session.take(lane());
    return session;
  }

  /** The lane of the start page. */
  Lane lane() {
    return Lane.of(seed.host(), start().fingerprint(), open.options().connectionsPerHost());
  }

  /** A lane of another host of the site. */
  Lane lane(String label) {
    return new Lane(label + "." + seed.host(), 0);
  }

  Entry start() {
    return Entry.start(fingerprint(open.startUrl()), open.startUrl(), open.tryHttp());
  }

  /** A page found at a depth on the start page. */
  Entry page(String path, int depth) {
    String url = open.startUrl() + path;
    return Entry.link(fingerprint(url), url, depth, open.startUrl());
  }

  Entry page(String path) {
    return page(path, 1);
  }

  Link link(String path) {
    return link(page(path));
  }

  Link link(Entry entry) {
    return new Link(entry, lane(), Optional.empty());
  }

  /** A link that is kept out when it is found. */
  Link keptOut(String path, String reason) {
    return new Link(page(path), lane(), Optional.of(reason));
  }

  private long fingerprint(String url) {
    return new Fingerprinter(id().uuid()).fingerprint(CrawlUrl.parse(url).orElseThrow().value());
  }

  Progress progress() {
    return store.progress(seed).orElseThrow();
  }

  Receipt receipt() {
    return store.receipt(seed).orElseThrow();
  }

  CrawlStatus status() {
    return progress().status();
  }

  SeedState state() {
    return Objects.requireNonNull(store.states(List.of(seed)).get(seed));
  }
}
