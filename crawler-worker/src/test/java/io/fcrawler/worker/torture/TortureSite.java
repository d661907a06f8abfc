package io.fcrawler.worker.torture;

import io.fcrawler.testing.web.SiteServer;
import io.fcrawler.url.CrawlUrl;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A server of all torture routes; its start page links to them. */
public final class TortureSite implements AutoCloseable {
  private static final int STEPS = 10;

  private final SiteServer site;
  private final List<TortureRoute> routes = new ArrayList<>();

  public TortureSite() throws IOException {
    site = SiteServer.start();
    Stream.of(
            StatusRoutes.all(),
            HeaderRoutes.all(),
            FramingRoutes.all(),
            ConnectionRoutes.all(),
            CodingRoutes.all(),
            RedirectRoutes.all(),
            TypeRoutes.all(),
            PageRoutes.all())
        .forEach(routes::addAll);
    for (TortureRoute route : routes) {
      route.route().ifPresent(its -> site.route(route.path(), its));
    }
    addStartPages();
  }

  /**
   * Links what spoils kept connections from the start page, and all else from a page some steps
   * away: a failing route's last attempt is then not on one of these.
   */
  private void addStartPages() {
    List<TortureRoute> linked = routes.stream().filter(TortureRoute::linked).toList();
    add("/", TortureSite::isSpoiling, linked, "<a href=/step/0>x</a>");
    for (int i = 0; i < STEPS; i++) {
      String next = i + 1 == STEPS ? "/rest" : "/step/" + (i + 1);
      routes.add(TortureRoute.found("/step/" + i, Expected.crawled().links(1)));
      site.html("/step/" + i, "<a href=" + next + ">x</a>");
    }
    add("/rest", route -> !isSpoiling(route), linked, "");
  }

  private static boolean isSpoiling(TortureRoute route) {
    return route.path().startsWith("/framing/left-");
  }

  /** Links each failing route between two that do not fail: else the host would be backed off. */
  private void add(
      String path, Predicate<TortureRoute> which, List<TortureRoute> linked, String start) {
    List<TortureRoute> others = new ArrayList<>(linked.stream().filter(which).toList());
    List<TortureRoute> failing =
        others.stream().filter(route -> route.expected().isFailed()).toList();
    others.removeAll(failing);
    StringBuilder html = new StringBuilder("<title>Torture</title>").append(start);
    for (int i = 0; i < Math.max(failing.size(), others.size()); i++) {
      link(html, i < others.size() ? others.get(i) : healthy());
      if (i < failing.size()) {
        link(html, failing.get(i));
      }
    }
    routes.add(TortureRoute.found(path, Expected.crawled()));
    site.html(path, html.toString());
  }

  private TortureRoute healthy() {
    String path = "/healthy/" + routes.size();
    TortureRoute route = TortureRoute.found(path, Expected.crawled().links(0));
    routes.add(route);
    site.html(path, "<p>ok");
    return route;
  }

  private static void link(StringBuilder html, TortureRoute route) {
    String target = route.target().replace("&", "&amp;").replace("'", "&#39;");
    html.append("<p><a href='").append(target).append("'>x</a>\n");
  }

  public String url() {
    return site.url("/");
  }

  /** How many URLs a crawl finds. */
  public int size() {
    return routes.size();
  }

  /** What differs from what was expected, by URL. */
  public List<String> differences(Map<String, Outcome> outcomes) {
    Map<String, Outcome> unexpected = new HashMap<>(outcomes);
    List<String> differences = new ArrayList<>();
    for (TortureRoute route : routes) {
      Outcome outcome = unexpected.remove(listed(site.url(route.target()), outcomes));
      long requests = site.requests(route.target());
      if (outcome == null || !outcome.meets(route.expected(), requests)) {
        differences.add(brief(route.target()) + ": " + outcome + ", requests " + requests);
      }
    }
    unexpected.forEach((url, outcome) -> differences.add("unexpected " + url + ": " + outcome));
    return differences;
  }

  private static String brief(String target) {
    return target.substring(0, Math.min(100, target.length()));
  }

  /** A URL as listings have it, where long ones are cut. */
  private static String listed(String url, Map<String, Outcome> outcomes) {
    if (url.length() <= CrawlUrl.MAX_LENGTH) {
      return url;
    }
    String start = url.substring(0, CrawlUrl.MAX_LENGTH) + "[cut:";
    return outcomes.keySet().stream().filter(each -> each.startsWith(start)).findAny().orElse(url);
  }

  @Override
  public void close() throws IOException {
    site.close();
  }
}
