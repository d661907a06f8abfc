package io.fcrawler.jmh;

/** Where the state of crawls is. */
public enum StoreKind {
  /** In this process. */
  MEMORY,

  /** In a redis-server on this machine, with the append-only file that the standalone has. */
  REDIS
}
