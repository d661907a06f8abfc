package io.fcrawler.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.seed.Seed;
import io.fcrawler.store.SeedQuery.Place;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The list of all seeds, by status and by part of the name; and that of workers. */
interface SeedListContract extends StoreContract {

  /** Seeds with a common part of their names, the earliest first; the last two of one instant. */
  private List<Seed> seeds(String part, int count) {
    List<Seed> seeds = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      seeds.add(new Seed("s" + i + "." + part));
    }
    for (Seed seed : seeds.subList(0, count - 2)) {
      backend().store().index(Map.of(seed, CrawlStatus.QUEUED));
      backend().pass(Duration.ofMillis(2));
    }
    backend()
        .store()
        .index(
            Map.of(
                seeds.get(count - 2), CrawlStatus.QUEUED,
                seeds.get(count - 1), CrawlStatus.QUEUED));
    return seeds;
  }

  private static String part() {
    return UUID.randomUUID() + ".example";
  }

  private List<Seed> all(Optional<CrawlStatus> status, String part, int limit) {
    List<Seed> found = new ArrayList<>();
    Optional<Place> after = Optional.empty();
    do {
      SeedPage page = backend().store().list(new SeedQuery(status, part, limit, after));
      assertTrue(page.seeds().size() <= limit);
      found.addAll(page.seeds());
      after = page.next();
    } while (after.isPresent());
    return found;
  }

  @Test
  default void seedsAreListedTheLatestFirstAndEachOnce() {
    String part = part();
    List<Seed> seeds = seeds(part, 7);
    for (int limit : new int[] {1, 2, 3, 7, 1000}) {
      assertEquals(seeds.reversed(), all(Optional.empty(), part, limit), "limit " + limit);
    }
  }

  @Test
  default void aNotedSeedIsListedAndAnIndexedOneKeepsItsPlace() {
    TestingCrawl crawl = TestingCrawl.unopened(backend());
    NotedCommand open = crawl.log.append(crawl.open);
    String id = crawl.seed.id();
    backend()
        .store()
        .note(new NoteRequest(crawl.log.partition, crawl.log.topicId, 0, 1, List.of(open)));
    assertEquals(List.of(crawl.seed), all(Optional.empty(), id, 10));
    assertEquals(List.of(), all(Optional.of(CrawlStatus.CRAWLING), id, 10));
    backend().store().index(Map.of(crawl.seed, CrawlStatus.CRAWLING));
    assertEquals(List.of(crawl.seed), all(Optional.empty(), id, 10));
    assertEquals(List.of(crawl.seed), all(Optional.of(CrawlStatus.CRAWLING), id, 10));
  }

  @Test
  default void aSeedIsListedUnderItsLastStatusAlone() {
    String part = part();
    List<Seed> seeds = seeds(part, 3);
    for (CrawlStatus status : CrawlStatus.values()) {
      backend().store().index(Map.of(seeds.getFirst(), status));
      backend().store().index(Map.of(seeds.getFirst(), status));
      for (CrawlStatus other : CrawlStatus.values()) {
        boolean listed = all(Optional.of(other), part, 10).contains(seeds.getFirst());
        assertEquals(other == status, listed, other + " where it is " + status);
      }
    }
    assertEquals(seeds.reversed(), all(Optional.empty(), part, 10));
  }

  @Test
  default void manyStatusesAreNotedAtOnce() {
    String part = part();
    Map<Seed, CrawlStatus> statuses = new java.util.HashMap<>();
    for (int i = 0; i < 1201; i++) {
      statuses.put(new Seed("s" + i + "." + part), CrawlStatus.DONE);
    }
    backend().store().index(statuses);
    assertEquals(1201, all(Optional.of(CrawlStatus.DONE), part, 1000).size());
  }

  @Test
  default void aPlaceWhoseSeedIsGoneStillTellsWhereToGoOn() {
    String part = part();
    List<Seed> seeds = seeds(part, 4);
    SeedPage page =
        backend()
            .store()
            .list(new SeedQuery(Optional.of(CrawlStatus.QUEUED), part, 2, Optional.empty()));
    backend().store().index(Map.of(seeds.get(2), CrawlStatus.DONE));
    SeedPage rest =
        backend()
            .store()
            .list(new SeedQuery(Optional.of(CrawlStatus.QUEUED), part, 10, page.next()));
    assertEquals(seeds.subList(0, 2).reversed(), rest.seeds());
    Place beforeAll = new Place(Instant.now().plusSeconds(999_999_999).toEpochMilli(), "z");
    assertEquals(
        seeds.reversed(),
        backend()
            .store()
            .list(new SeedQuery(Optional.empty(), part, 10, Optional.of(beforeAll)))
            .seeds());
  }

  @Test
  default void progressOfManySeedsIsThatOfEach() {
    TestingCrawl first = TestingCrawl.opened(backend());
    TestingCrawl second = TestingCrawl.opened(backend());
    Seed unknown = new Seed("never." + part());
    Map<Seed, Progress> all = backend().store().progress(List.of(second.seed, unknown, first.seed));
    assertEquals(List.of(second.seed, first.seed), List.copyOf(all.keySet()));
    assertEquals(first.progress().crawl(), List.copyOf(all.values()).getLast().crawl());
    assertEquals(Map.of(), backend().store().progress(List.of()));
  }

  @Test
  default void aWorkerIsListedByItsLastReportUntilItIsRemoved() {
    WorkerRegistry workers = backend().store().workers();
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    String id = UUID.randomUUID().toString();
    WorkerReport former =
        new WorkerReport(id, "host:1", "1.0", now, now, 64, 3, 2, 10.5, 1000, 2000);
    WorkerReport latter =
        new WorkerReport(
            id, "host:1", "1.0", now, now.plusSeconds(5), 32, 30, 20, 0.25, 1 << 20, 1L << 40);
    workers.report(former);
    workers.report(latter);
    assertEquals(List.of(latter), withId(workers, id));
    assertTrue(latter.alive(now.plusSeconds(19)));
    assertEquals(false, latter.alive(now.plusSeconds(21)));
    assertTrue(workers.discover().contains(id));
    assertEquals(Map.of(id, latter), workers.reports(List.of(id, "never-" + id)));
    workers.remove(id);
    assertEquals(List.of(), withId(workers, id));
    assertFalse(workers.discover().contains(id));
    assertEquals(Map.of(), workers.reports(List.of(id)));
  }

  @Test
  default void aCleanupIsNotedWithTotals() {
    CrawlStore store = backend().store();
    TestingCrawl crawl = TestingCrawl.unopened(backend());
    NotedCommand open = crawl.log.append(crawl.open);
    store.note(new NoteRequest(crawl.log.partition, crawl.log.topicId, 0, 1, List.of(open)));
    store.index(Map.of(new Seed("done." + part()), CrawlStatus.DONE));
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Cleanup cleanup = store.noteCleanup(now, 3, 1);
    assertEquals(new Cleanup(now, 3, 1, 2, 1), cleanup);
    assertEquals(Optional.of(cleanup), store.lastCleanup());
    store.checkCompatible();
  }

  private static List<WorkerReport> withId(WorkerRegistry workers, String id) {
    return workers.all().stream().filter(worker -> worker.id().equals(id)).toList();
  }
}
