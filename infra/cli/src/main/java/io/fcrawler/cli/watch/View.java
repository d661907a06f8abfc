package io.fcrawler.cli.watch;

import io.fcrawler.client.Crawl;

/** Where crawls that are watched are shown. */
public interface View {
  /** A crawl as it is now. After one that is finished, no more come of its seed. */
  void show(Crawl crawl);

  /** All crawls have been shown once more. */
  void endRound();

  /** Something else was written to the terminal: what was shown can't be redrawn any more. */
  default void leave() {}
}
