package io.fcrawler.worker.robots;

import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.FetchOutcome;
import io.fcrawler.worker.link.SpelledUrl;

/** Fetches a robots.txt, or the target of its redirect, at a time when its host allows it. */
@FunctionalInterface
public interface RobotsFetching {
  FetchOutcome fetch(CrawlUrl robotsUrl) throws InterruptedException;

  /** Fetches the target of a redirect as that spells it. */
  default FetchOutcome fetch(SpelledUrl robotsUrl) throws InterruptedException {
    return fetch(robotsUrl.url());
  }
}
