package io.fcrawler.store;

/** How a crawl stands with a host, as those learn who claim URLs of it. */
public enum HostStanding {
  /** Nothing is known against it. */
  WELL,
  /** It failed last: a success is to be reported. */
  TROUBLED,
  /** It failed for too long: its URLs fail without being asked for. */
  GIVEN_UP
}
