package io.fcrawler.client;

/** The API knows no crawl of the seed. */
public final class UnknownSeedException extends RefusedException {
  private static final long serialVersionUID = 1L;

  UnknownSeedException(String seed) {
    super("no crawl of %s is known; begin one with: fcrawler submit %s".formatted(seed, seed));
  }
}
