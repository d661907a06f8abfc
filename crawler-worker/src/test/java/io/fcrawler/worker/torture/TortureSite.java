package io.fcrawler.worker.torture;

import io.fcrawler.testing.web.SiteServer;
import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.testing.Http2Front;
import io.fcrawler.worker.torture.Http2Routes.Http2Route;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A server of all torture routes; its start page links to them. */
public final class TortureSite implements AutoCloseable {
  private static final int STEPS = 10;

  /** What is no answer at all over HTTP/2, where its reader finds the syntax of HTTP/1.1. */
  private static final List<String> OF_HTTP_1 =
      List.of("/line/", "/connection/", "/header/", "/framing/");

  /** Routes whose answers a proxy can pass on over HTTP/2. */
  private static final Set<String> HANDED_ON =
      Set.of(
          "/header/many",
          "/header/long",
          "/header/many-links",
          "/header/endless-link",
          "/header/odd-refresh",
          "/header/odd-robots",
          "/header/odd-language",
          "/header/cookies",
          "/header/continue",
          "/header/hints",
          "/header/odd-informational",
          "/framing/length-none",
          "/framing/length-right",
          "/framing/length-small",
          "/framing/length-large",
          "/framing/endless",
          "/framing/endless-length",
          "/framing/drips",
          "/framing/missing-endless",
          "/framing/redirect-endless");

  private final SiteServer site = SiteServer.start();
  private final List<TortureRoute> routes;
  private final Optional<Http2Front> front;

  private TortureSite(List<TortureRoute> routes, Optional<Map<String, Http2Front.Answer>> http2)
      throws IOException, GeneralSecurityException {
    this.routes = new ArrayList<>(routes);
    front = http2.isEmpty() ? Optional.empty() : Optional.of(new Http2Front(site, http2.get()));
    for (TortureRoute route : routes) {
      route.route().ifPresent(its -> site.route(route.path(), its));
    }
    addStartPages();
  }

  /** All routes, over HTTP/1.1. */
  public static TortureSite overHttp1() throws IOException, GeneralSecurityException {
    return new TortureSite(all(), Optional.empty());
  }

  /** The routes that are an answer over HTTP/2 too, with what must become of them there. */
  public static TortureSite overHttp2() throws IOException, GeneralSecurityException {
    List<TortureRoute> routes =
        all().stream()
            .filter(route ->
                HANDED_ON.contains(route.path())
                    || OF_HTTP_1.stream().noneMatch(route.path()::startsWith))
            .toList();
    return new TortureSite(routes, Optional.of(Map.of()));
  }

  /**
   * Routes that only HTTP/2 has. As some of them end the connection with all requests on it, it is
   * to be crawled by one at a time.
   */
  public static TortureSite ofHttp2() throws IOException, GeneralSecurityException {
    List<Http2Route> all = Http2Routes.all();
    Map<String, Http2Front.Answer> answers =
        all.stream().collect(Collectors.toMap(each -> each.route().path(), Http2Route::answer));
    return new TortureSite(all.stream().map(Http2Route::route).toList(), Optional.of(answers));
  }

  private static List<TortureRoute> all() {
    return Stream.of(
            StatusRoutes.all(),
            HeaderRoutes.all(),
            FramingRoutes.all(),
            ConnectionRoutes.all(),
            CodingRoutes.all(),
            RedirectRoutes.all(),
            TypeRoutes.all(),
            PageRoutes.all())
        .flatMap(List::stream)
        .toList();
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
    return url("/");
  }

  private String url(String target) {
    return front.map(http2 -> http2.url(target)).orElseGet(() -> site.url(target));
  }

  private long requests(String target) {
    return front.map(http2 -> http2.requests(target)).orElseGet(() -> site.requests(target));
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
      Outcome outcome = unexpected.remove(listed(url(route.target()), outcomes));
      long requests = requests(route.target());
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
    if (front.isPresent()) {
      front.get().close();
    }
    site.close();
  }
}
