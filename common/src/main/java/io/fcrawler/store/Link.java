package io.fcrawler.store;

import io.fcrawler.command.Command.Open;
import io.fcrawler.lane.Lane;
import io.fcrawler.url.CrawlUrl;
import io.fcrawler.url.Fingerprinter;
import java.util.Optional;

/**
 * A URL found, and in scope.
 *
 * @param entry what is queued if the URL was not seen before
 * @param lane where it is queued
 * @param exclusion the reason for which it is kept out; empty to admit it
 */
public record Link(Entry entry, Lane lane, Optional<String> exclusion) {
  /** Whether it is kept out for now, until it is found by another way. */
  public boolean mayBeLifted() {
    return exclusion.filter(Exclusion.OF_THE_WAY::contains).isPresent();
  }

  /**
   * The start page of a crawl.
   *
   * @throws IllegalArgumentException if its URL is none
   */
  public static Link start(Open open) {
    String url = open.startUrl();
    String host =
        CrawlUrl.parse(url)
            .orElseThrow(() -> new IllegalArgumentException("not a start page: " + url))
            .host();
    long fingerprint = new Fingerprinter(open.crawlId().uuid()).fingerprint(url);
    return new Link(
        Entry.start(fingerprint, url, open.tryHttp()),
        Lane.of(host, fingerprint, open.options().connectionsPerHost()),
        Optional.empty());
  }
}
