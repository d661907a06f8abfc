package io.fcrawler.store;

import java.util.List;

/**
 * What {@link CrawlStore#repair} found of a crawl.
 *
 * @param lanes that held entries but were not in the list of lanes, and are in it now
 * @param differences that are left, each as a sentence
 * @param news whether these are others than those that were noted before
 */
public record Repaired(int lanes, List<String> differences, boolean news) {
  public Repaired {
    differences = List.copyOf(differences);
  }
}
