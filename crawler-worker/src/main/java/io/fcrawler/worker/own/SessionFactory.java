package io.fcrawler.worker.own;

import io.fcrawler.store.SeedState;
import io.fcrawler.worker.session.CrawlSession;
import java.util.Optional;

/** Makes sessions, not yet started. */
public interface SessionFactory {
  /** A session on the crawl that {@code state} tells of, see {@link CrawlSession}. */
  CrawlSession create(SeedState state, Optional<String> predecessor);
}
