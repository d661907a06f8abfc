package io.fcrawler.testing.web;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The pages of a site, and its {@link #ROBOTS}. Keys are absolute URLs, which may be of several
 * hosts, or absolute paths, which are the same for every host; links are spelled as keys.
 *
 * @param start the key of the page where a crawl begins
 */
public record Site(String start, Map<String, Page> pages) {
  private static final String PRIVATE = "/private/";

  /** The robots.txt of every host. */
  public static final String ROBOTS = "User-agent: *\nDisallow: " + PRIVATE + "\n";

  public Site {
    pages = Map.copyOf(pages);
  }

  /**
   * A tree: each page links to its children, three at most, and to the start page.
   *
   * @param pages how many; the first is {@code /}, the others are {@code /1}, {@code /2}, …
   * @param delay of each page
   */
  public static Site tree(int pages, Duration delay) {
    Map<String, Page> tree = new HashMap<>();
    for (int i = 0; i < pages; i++) {
      List<String> links = new ArrayList<>(List.of("/"));
      for (int child = 3 * i + 1; child <= 3 * i + 3 && child < pages; child++) {
        links.add("/" + child);
      }
      tree.put(i == 0 ? "/" : "/" + i, Page.html("", links).after(delay));
    }
    return new Site("/", tree);
  }

  /** The truth, by following all links from the start page. */
  public Truth truth() {
    Set<String> crawled = new HashSet<>();
    Map<String, String> failed = new HashMap<>();
    Set<String> excluded = new HashSet<>();
    Set<String> seen = new HashSet<>(Set.of(start));
    Deque<String> queue = new ArrayDeque<>(seen);
    while (!queue.isEmpty()) {
      String url = queue.remove();
      Page page = page(url);
      if (url.contains(PRIVATE)) {
        excluded.add(url);
      } else if (page.isFailure()) {
        failed.put(url, "http_" + page.status());
      } else if (redirectsToItself(url)) {
        failed.put(url, "redirect_to_itself");
      } else {
        crawled.add(url);
        page.links().stream().filter(seen::add).forEach(queue::add);
      }
    }
    return new Truth(crawled, failed, excluded);
  }

  /**
   * How many requests an undisturbed crawl makes for a URL. A URL that redirects to itself is
   * requested twice, since the second answer may differ.
   *
   * @param retries that a URL is given when it fails for now
   */
  public int attempts(String url, int retries) {
    Page page = page(url);
    if (redirectsToItself(url)) {
      return 2;
    }
    return page.status() >= 500 ? retries + 1 : page.failsFirst() + 1;
  }

  /**
   * Whether a crawl meets a page that redirects to itself, which some versions take for crawled.
   */
  public boolean hasRedirectToItself() {
    return truth().failed().containsValue("redirect_to_itself");
  }

  private boolean redirectsToItself(String url) {
    return page(url).redirects() && page(url).links().contains(url);
  }

  /** The page of a URL; a 404 where there is none. */
  public Page page(String url) {
    return Optional.ofNullable(pages.get(url)).orElseGet(() -> Page.error(404));
  }
}
