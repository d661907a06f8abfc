package io.fcrawler.worker.fetch;

/** For how long cookies are kept. */
public enum CookieUse {
  /** Not at all: none is ever sent. */
  OFF,

  /** For the redirects of one visit. */
  VISIT,

  /** For all visits of one crawl to one host, in the memory of one worker. */
  CRAWL
}
