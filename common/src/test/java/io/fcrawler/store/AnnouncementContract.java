package io.fcrawler.store;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import io.fcrawler.lane.Lane;
import io.fcrawler.store.Announcement.CrawlChanged;
import io.fcrawler.store.Announcement.LaneReady;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What listeners are told. News may get lost in a fault, but there is none here. */
interface AnnouncementContract extends StoreContract {
  /** Hears the news of one store. */
  final class Ear implements AutoCloseable {
    private static final long DEADLINE_S = 120;

    private final BlockingQueue<Announcement> heard = new LinkedBlockingQueue<>();
    private final CrawlStore.Subscription subscription;

    Ear(CrawlStore store) {
      subscription = store.listen(heard::add);
    }

    /** Waits for the news; gives what came before it. */
    List<Announcement> await(Announcement news) throws InterruptedException {
      List<Announcement> before = new ArrayList<>();
      while (true) {
        Announcement next = heard.poll(DEADLINE_S, TimeUnit.SECONDS);
        if (next == null) {
          return fail("never heard " + news + ", but " + before);
        }
        if (next.equals(news)) {
          return before;
        }
        before.add(next);
      }
    }

    @Override
    public void close() {
      subscription.close();
    }
  }

  private static Announcement news(TestingCrawl crawl, Lane lane) {
    return new LaneReady(crawl.seed, lane);
  }

  private static Announcement news(TestingCrawl crawl) {
    return new CrawlChanged(crawl.seed);
  }

  @Test
  default void theFirstLaneOfACrawlIsAnnounced() throws InterruptedException {
    try (Ear ear = new Ear(backend().store())) {
      TestingCrawl first = TestingCrawl.opened(backend());
      ear.await(news(first, first.lane()));
      TestingCrawl second = first.next();
      second.open();
      first.end();
      first.store.openWaiting(first.seed);
      ear.await(news(second, second.lane()));
    }
  }

  @Test
  default void aLaneThatIsOpenedOrRefilledIsAnnounced() throws InterruptedException {
    try (Ear ear = new Ear(backend().store())) {
      TestingCrawl crawl = TestingCrawl.opened(backend());
      TestingSession session = crawl.holder();
      session.claim(crawl.lane(), 1);
      Lane www = crawl.lane("www");
      session.turn(Turns.on(crawl.lane()).links(to(www, crawl.page("a"))));
      ear.await(news(crawl, www));
      session.take(www);
      session.claim(www, 1);
      session.turn(Turns.on(crawl.lane()).links(to(www, crawl.page("b"))));
      ear.await(news(crawl, www));
    }
  }

  private static Link to(Lane lane, Entry entry) {
    return new Link(entry, lane, Optional.empty());
  }

  @Test
  default void aLaneThatTheCallRunsOrThatHadEntriesIsNotAnnounced() throws InterruptedException {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = crawl.holder();
    session.claim(crawl.lane(), 1);
    Lane www = crawl.lane("www");
    session.turn(Turns.on(crawl.lane()).links(to(www, crawl.page("a"))));
    try (Ear ear = new Ear(backend().store())) {
      session.turn(Turns.on(crawl.lane()).links(crawl.link("b"), to(www, crawl.page("c"))));
      session.turn(Turns.on(crawl.lane()).links(to(crawl.lane("last"), crawl.page("d"))));
      List<Announcement> before = ear.await(news(crawl, crawl.lane("last")));
      assertFalse(before.contains(news(crawl, crawl.lane())));
      assertFalse(before.contains(news(crawl, www)));
    }
  }

  @Test
  default void aReleasedLaneIsAnnounced() throws InterruptedException {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    TestingSession session = crawl.holder();
    try (Ear ear = new Ear(backend().store())) {
      session.release(crawl.lane());
      ear.await(news(crawl, crawl.lane()));
    }
  }

  @Test
  default void aPauseAResumeAndACancelAreAnnounced() throws InterruptedException {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    try (Ear ear = new Ear(backend().store())) {
      crawl.pause();
      ear.await(news(crawl));
      crawl.resume();
      ear.await(news(crawl));
      crawl.cancel();
      ear.await(news(crawl));
    }
  }

  @Test
  default void aClosedSubscriptionHearsNothingMore() throws InterruptedException {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    try (Ear open = new Ear(backend().store())) {
      Ear closed = new Ear(backend().store());
      closed.close();
      crawl.pause();
      open.await(news(crawl));
      assertFalse(closed.heard.contains(news(crawl)));
    }
  }
}
