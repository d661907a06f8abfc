package io.fcrawler.worker.robots;

import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.FetchOutcome;

/** Fetches a robots.txt, or the target of its redirect, at a time when its host allows it. */
@FunctionalInterface
public interface RobotsFetching {
  FetchOutcome fetch(CrawlUrl robotsUrl) throws InterruptedException;
}
