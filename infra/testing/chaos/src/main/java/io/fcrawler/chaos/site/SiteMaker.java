package io.fcrawler.chaos.site;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Makes a seed's site at random. Every page but the first is linked from an earlier one that is no
 * failure, so that all can be reached; further links go anywhere.
 */
final class SiteMaker {
  private static final int[] BROKEN = {404, 410, 403};

  private final Random random;
  private final SeedSite site;
  private final int paceMs;
  private final List<List<String>> links = new ArrayList<>();
  private final List<String> urls = new ArrayList<>();
  private final List<Page> kinds = new ArrayList<>();

  /**
   * @param site without pages
   * @param paceMs a page takes up to twice as long
   */
  SiteMaker(Random random, SeedSite site, int paceMs) {
    this.random = random;
    this.site = site;
    this.paceMs = paceMs;
  }

  /**
   * @param count of pages, apart from the leaves
   * @param leaves of one page, which has so many links that no single turn can take them
   */
  SeedSite make(int count, int leaves) {
    for (int i = 0; i < count; i++) {
      urls.add(i == 0 ? site.startUrl() : site.url(anyHost(), "/" + i));
      links.add(new ArrayList<>());
      kinds.add(i == 0 ? normal() : kind());
    }
    for (int i = 1; i < count; i++) {
      links.get(parent(i)).add(urls.get(i));
    }
    for (int i = 0; i < count; i++) {
      addMore(i);
    }
    Map<String, Page> pages = new HashMap<>();
    addLeaves(pages, leaves);
    for (int i = 0; i < count; i++) {
      pages.put(urls.get(i), page(kinds.get(i), links.get(i)));
    }
    return new SeedSite(
        site.name(), site.port(), site.hosts(), site.connections(), site.delayMs(), pages);
  }

  private String anyHost() {
    return site.hosts().get(random.nextInt(site.hosts().size()));
  }

  private Page kind() {
    int chance = random.nextInt(100);
    if (chance < 4) {
      return answer(BROKEN[random.nextInt(BROKEN.length)], paceMs);
    }
    if (chance < 5) {
      return answer(random.nextBoolean() ? 500 : 503, paceMs);
    }
    if (chance < 7) {
      return new Page(200, List.of(), paceMs, 1);
    }
    if (chance < 11) {
      return answer(random.nextBoolean() ? 301 : 302, paceMs);
    }
    return chance < 13 ? answer(200, 500 + random.nextInt(2000)) : normal();
  }

  private Page normal() {
    return answer(200, 1 + random.nextInt(2 * paceMs));
  }

  private static Page answer(int status, int delayMs) {
    return new Page(status, List.of(), delayMs, 0);
  }

  /** An earlier page that leads on, and whose one link is free if it redirects. */
  private int parent(int child) {
    while (true) {
      int parent = random.nextInt(child);
      Page kind = kinds.get(parent);
      if (kind.crawlable() && !(kind.redirects() && !links.get(parent).isEmpty())) {
        return parent;
      }
    }
  }

  private void addMore(int page) {
    List<String> mine = links.get(page);
    if (kinds.get(page).redirects()) {
      if (mine.isEmpty()) {
        mine.add(anyUrl());
      }
      return;
    }
    for (int i = random.nextInt(5); i > 0; i--) {
      mine.add(anyUrl());
    }
    if (random.nextInt(40) == 0) {
      mine.add(site.privateUrl(anyHost(), random.nextInt(20)));
    }
    if (random.nextInt(60) == 0) {
      mine.add(site.url(anyHost(), "/missing/" + random.nextInt(20)));
    }
  }

  private String anyUrl() {
    return urls.get(random.nextInt(urls.size()));
  }

  private void addLeaves(Map<String, Page> pages, int leaves) {
    for (int i = 0; i < leaves; i++) {
      String leaf = site.url(anyHost(), "/leaf/" + i);
      links.getFirst().add(leaf);
      pages.put(leaf, answer(200, 0));
    }
  }

  private static Page page(Page kind, List<String> links) {
    return new Page(kind.status(), links, kind.delayMs(), kind.failsFirst());
  }
}
