package io.fcrawler.store.walk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** A small site, of which it is known what a crawl must find. */
final class WalkSite {
  private static final int MOST_PAGES = 12;
  private static final int MOST_LINKS = 5;
  private static final int HOSTS = 3;

  /** What a page does when it is found or fetched. */
  enum Kind {
    PAGE,
    /** Fails at once. */
    MISSING,
    /** Fails the first time, then is a page. */
    FLAKY,
    /** Is found to be excluded when it is its turn. */
    FORBIDDEN,
    /** Is kept out when it is found. */
    PRIVATE
  }

  record Page(String host, String url, Kind kind, List<Integer> links) {
    /** Whether a crawl goes on from here. */
    private boolean leadsOn() {
      return kind == Kind.PAGE || kind == Kind.FLAKY;
    }
  }

  /** What a crawl must end with; the sets are of URLs. */
  record Truth(Set<String> crawled, Set<String> failed, Set<String> forbidden, Set<String> out) {
    int total() {
      return crawled.size() + failed.size();
    }

    int excluded() {
      return forbidden.size() + out.size();
    }
  }

  private final List<Page> pages;
  private final Map<String, Page> byUrl;
  private final boolean httpOnly;

  private WalkSite(List<Page> pages, boolean httpOnly) {
    this.pages = pages;
    this.httpOnly = httpOnly;
    byUrl = pages.stream().collect(Collectors.toMap(Page::url, page -> page));
  }

  static WalkSite random(Random random, String seed) {
    boolean httpOnly = random.nextInt(4) == 0;
    String scheme = httpOnly ? "http://" : "https://";
    int count = 1 + random.nextInt(MOST_PAGES);
    List<Page> pages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String host = host(i == 0 ? 0 : random.nextInt(HOSTS), seed);
      String url = scheme + host + "/" + (i == 0 ? "" : "p" + i);
      pages.add(new Page(host, url, kind(random, i), links(random, count)));
    }
    return new WalkSite(pages, httpOnly);
  }

  private static String host(int number, String seed) {
    return number == 0 ? seed : "h" + number + "." + seed;
  }

  private static Kind kind(Random random, int number) {
    boolean plain = number == 0 || random.nextInt(10) < 6;
    return plain ? Kind.PAGE : Kind.values()[random.nextInt(Kind.values().length)];
  }

  private static List<Integer> links(Random random, int count) {
    return random.ints(random.nextInt(MOST_LINKS + 1), 0, count).boxed().toList();
  }

  /** Where a crawl begins: the https form, though some sites answer to http only. */
  String startUrl() {
    return "https://" + pages.getFirst().host() + "/";
  }

  /** Whether a URL is of the start page, where only its http form is there. */
  boolean isWithdrawn(String url) {
    return httpOnly && url.equals(startUrl());
  }

  Page start() {
    return pages.getFirst();
  }

  Page page(String url) {
    return Objects.requireNonNull(byUrl.get(url));
  }

  List<Page> linksOf(Page page) {
    return page.links().stream().map(pages::get).toList();
  }

  Truth truth() {
    Map<Kind, Set<String>> found = new LinkedHashMap<>();
    for (Page page : reachable()) {
      found.computeIfAbsent(page.kind(), _ -> new HashSet<>()).add(page.url());
    }
    Set<String> crawled = new HashSet<>(found.getOrDefault(Kind.PAGE, Set.of()));
    crawled.addAll(found.getOrDefault(Kind.FLAKY, Set.of()));
    return new Truth(
        crawled,
        found.getOrDefault(Kind.MISSING, Set.of()),
        found.getOrDefault(Kind.FORBIDDEN, Set.of()),
        found.getOrDefault(Kind.PRIVATE, Set.of()));
  }

  private Set<Page> reachable() {
    Set<Page> reached = new HashSet<>(Set.of(start()));
    Deque<Page> next = new ArrayDeque<>(reached);
    while (!next.isEmpty()) {
      Page page = next.removeFirst();
      if (page.leadsOn()) {
        linksOf(page).stream().filter(reached::add).forEach(next::add);
      }
    }
    return reached;
  }

  @Override
  public String toString() {
    return (httpOnly ? "http only " : "") + pages;
  }
}
