package io.fcrawler.worker.torture;

import static io.fcrawler.worker.torture.Expected.crawled;
import static io.fcrawler.worker.torture.Expected.excluded;
import static io.fcrawler.worker.torture.Expected.last;
import static io.fcrawler.worker.torture.Expected.redirected;

import io.fcrawler.testing.web.Answer;
import io.fcrawler.testing.web.Request;
import io.fcrawler.testing.web.Route;
import java.util.ArrayList;
import java.util.List;

/** Redirects (RFC 9110, section 15.4), to somewhere and to nowhere. */
final class RedirectRoutes {
  private static final String NOWHERE = "redirect_without_target";
  private static final String TO_ITSELF = "redirect_to_itself";

  private RedirectRoutes() {}

  static List<TortureRoute> all() {
    List<TortureRoute> routes = new ArrayList<>();
    for (int status : new int[] {301, 302, 303, 307, 308, 300}) {
      routes.add(
          TortureRoute.of("/to/" + status, Answer.redirect(status, "/healthy-end"), redirected()));
    }
    for (int status : new int[] {301, 302, 303, 307, 308}) {
      routes.add(TortureRoute.of("/to/none-" + status, Answer.status(status), last(NOWHERE)));
    }
    routes.add(TortureRoute.of("/to/choices", Answer.status(300), crawled()));
    routes.add(TortureRoute.of("/healthy-end", Answer.html("end"), crawled().links(0)).unlinked());
    routes.addAll(locations());
    routes.addAll(loops());
    routes.addAll(walls());
    routes.addAll(chain("/chain20/", 20));
    routes.addAll(chain("/chain21/", 21));
    return routes;
  }

  private static List<TortureRoute> locations() {
    return List.of(
        to("spaces", "  /a b?c d  "),
        TortureRoute.found("/a%20b?c%20d", last("http_404")),
        to("non-ascii", "/caf\u00e9"),
        TortureRoute.found("/caf%C3%A9", last("http_404")),
        to("fragment", "/healthy-end#part"),
        to("dots", "/x/../../healthy-end"),
        to("relative", "../healthy-end"),
        to("query", "?changed"),
        TortureRoute.found("/to/query?changed", last(TO_ITSELF)),
        to("elsewhere", "http://elsewhere.example/"),
        to("private", "http://10.0.0.1/"),
        to("port", "http://127.0.0.1:1/"),
        endless("empty", ""),
        endless("itself", "#top"),
        to("long", "/" + "x".repeat(100_000)),
        TortureRoute.found("/" + "x".repeat(100_000), excluded("url_length")),
        nowhere("mailto", "mailto:a@b.example"),
        nowhere("javascript", "javascript:alert(1)"),
        nowhere("data", "data:text/html,<a href=/>x</a>"),
        nowhere("file", "file:///etc/passwd"),
        nowhere("ftp", "ftp://a.example/"),
        nowhere("gopher", "gopher://127.0.0.1:6379/_FLUSHALL"),
        nowhere("no-host", "http://"),
        nowhere("bad-port", "http://a.example:99999999/"),
        nowhere("bad-host", "http://a b/"),
        nowhere("bracket", "http://[::1"),
        TortureRoute.of(
            "/to/both",
            Answer.redirect(302, "/healthy-end").with("Location: /healthy-end"),
            redirected()),
        TortureRoute.of("/to/created", Answer.html("ok").with("Location: /status/404"), crawled()));
  }

  private static TortureRoute to(String name, String location) {
    return TortureRoute.of("/to/" + name, Answer.redirect(302, location), redirected());
  }

  private static TortureRoute endless(String name, String location) {
    return TortureRoute.of("/to/" + name, Answer.redirect(302, location), last(TO_ITSELF));
  }

  private static TortureRoute nowhere(String name, String location) {
    return TortureRoute.of("/to/" + name, Answer.redirect(302, location), last(NOWHERE));
  }

  private static List<TortureRoute> loops() {
    List<TortureRoute> routes = new ArrayList<>();
    routes.add(TortureRoute.of("/loop/one", Answer.redirect(302, "/loop/one"), last(TO_ITSELF)));
    routes.add(TortureRoute.of("/loop/a", Answer.redirect(302, "/loop/b"), redirected()));
    routes.add(
        TortureRoute.of("/loop/b", Answer.redirect(302, "/loop/a"), redirected()).unlinked());
    Route counting =
        Route.by(request -> {
          String query = request.target().substring(request.path().length());
          String more = query.isEmpty() ? "?x" : query + "x";
          return Answer.redirect(302, request.path() + more);
        });
    routes.add(TortureRoute.of("/loop/many", counting, redirected()));
    for (int i = 1; i <= 21; i++) {
      Expected expected = i <= 20 ? redirected() : excluded("redirect_limit");
      routes.add(TortureRoute.found("/loop/many?" + "x".repeat(i), expected));
    }
    return routes;
  }

  /** Pages that answer under another spelling, or once their cookie is sent back. */
  private static List<TortureRoute> walls() {
    Answer page = Answer.html("<a href=/>home</a>");
    Route spelling =
        Route.by(request -> request.target().endsWith("?") ? page : Answer.redirect(301, "?"));
    Route cookie = Route.by(request -> wall(request, request.path()));
    Route check = Route.by(request -> wall(request, "?cookieSet=1"));
    return List.of(
        TortureRoute.of("/wall/spelling", spelling, crawled().links(1)),
        TortureRoute.of("/wall/cookie", cookie, crawled().links(1)),
        TortureRoute.of("/wall/check", check, crawled().links(1)));
  }

  private static Answer wall(Request request, String location) {
    if (request.header("cookie").isEmpty()) {
      return Answer.redirect(302, location).with("Set-Cookie: seen=1");
    }
    return request.target().equals(request.path())
        ? Answer.html("<a href=/>home</a>")
        : Answer.redirect(302, request.path());
  }

  /** So many redirects one after another, and a page at their end. */
  private static List<TortureRoute> chain(String path, int length) {
    List<TortureRoute> routes = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      TortureRoute route =
          TortureRoute.of(path + i, Answer.redirect(302, path + (i + 1)), redirected());
      routes.add(i == 0 ? route : route.unlinked());
    }
    Expected end = length <= 20 ? crawled() : excluded("redirect_limit");
    routes.add(TortureRoute.of(path + length, Answer.html("end"), end).unlinked());
    return routes;
  }
}
