package io.fcrawler.testing.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Makes a site at random. Every page but the first is linked from an earlier one that is no
 * failure, so that all can be reached; further links go anywhere.
 */
public final class RandomSite {
  private static final int[] BROKEN = {404, 410, 403};

  private final Random random;
  private final List<String> hosts;
  private final int port;
  private final int paceMs;
  private final List<List<String>> links = new ArrayList<>();
  private final List<String> urls = new ArrayList<>();
  private final List<Page> kinds = new ArrayList<>();

  private RandomSite(Random random, List<String> hosts, int port, int paceMs) {
    this.random = random;
    this.hosts = hosts;
    this.port = port;
    this.paceMs = paceMs;
  }

  /**
   * Makes the site, which is the same for equal random numbers.
   *
   * @param hosts of its pages; the first has the start page
   * @param port of all hosts
   * @param paceMs a page takes up to twice as long
   * @param count of pages, apart from the leaves
   * @param leaves of the start page: links to pages without links
   */
  public static Site make(
      Random random, List<String> hosts, int port, int paceMs, int count, int leaves) {
    return new RandomSite(random, hosts, port, paceMs).make(count, leaves);
  }

  private Site make(int count, int leaves) {
    for (int i = 0; i < count; i++) {
      String url = i == 0 ? url(hosts.getFirst(), "/") : url(anyHost(), "/" + i);
      urls.add(url);
      links.add(new ArrayList<>());
      kinds.add(i == 0 ? normal(url) : kind(url));
    }
    for (int i = 1; i < count; i++) {
      links.get(parent(i)).add(urls.get(i));
    }
    for (int i = 0; i < count; i++) {
      addMore(i);
    }
    Map<String, Page> pages = new HashMap<>();
    for (int i = 0; i < leaves; i++) {
      String leaf = url(anyHost(), "/leaf/" + i);
      links.getFirst().add(leaf);
      pages.put(leaf, page(leaf, 0));
    }
    for (int i = 0; i < count; i++) {
      pages.put(urls.get(i), kinds.get(i).linkingTo(links.get(i)));
    }
    return new Site(urls.getFirst(), pages);
  }

  private String url(String host, String path) {
    return "http://" + host + ":" + port + path;
  }

  private String anyHost() {
    return hosts.get(random.nextInt(hosts.size()));
  }

  private Page kind(String url) {
    int chance = random.nextInt(100);
    if (chance < 4) {
      return error(BROKEN[random.nextInt(BROKEN.length)]);
    }
    if (chance < 5) {
      return error(random.nextBoolean() ? 500 : 503);
    }
    if (chance < 7) {
      return page(url, paceMs).failingFirst(1);
    }
    if (chance < 11) {
      return Page.redirect(random.nextBoolean() ? 301 : 302, "").after(Duration.ofMillis(paceMs));
    }
    return chance < 13 ? page(url, 500 + random.nextInt(2000)) : normal(url);
  }

  private Page error(int status) {
    return Page.error(status).after(Duration.ofMillis(paceMs));
  }

  private Page normal(String url) {
    return page(url, 1 + random.nextInt(2 * paceMs));
  }

  private static Page page(String url, int delayMs) {
    String text = "<title>" + url + "</title><p>Some text.\n";
    return Page.html(text, List.of()).after(Duration.ofMillis(delayMs));
  }

  /** An earlier page that leads on, and whose one link is free if it redirects. */
  private int parent(int child) {
    while (true) {
      int parent = random.nextInt(child);
      Page kind = kinds.get(parent);
      if (!kind.isFailure() && !(kind.redirects() && !links.get(parent).isEmpty())) {
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
      mine.add(url(anyHost(), "/private/" + random.nextInt(20)));
    }
    if (random.nextInt(60) == 0) {
      mine.add(url(anyHost(), "/missing/" + random.nextInt(20)));
    }
  }

  private String anyUrl() {
    return urls.get(random.nextInt(urls.size()));
  }
}
