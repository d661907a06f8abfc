package io.fcrawler.worker.torture;

import static io.fcrawler.worker.torture.Expected.crawled;
import static io.fcrawler.worker.torture.Expected.excluded;

import io.fcrawler.testing.web.Answer;
import java.util.ArrayList;
import java.util.List;

/** Pages that are large, deep or crooked. */
final class PageRoutes {
  private static final String LINK = "<a href=/>home</a>";

  private PageRoutes() {}

  static List<TortureRoute> all() {
    String longPath = "/long/" + "x".repeat(1 << 20);
    List<TortureRoute> routes =
        new ArrayList<>(
            List.of(
                of("more-links", links(100_001), crawled().links(100_000).cut()),
                of("long-url", "<a href=" + longPath + ">x</a>", crawled().links(1)),
                TortureRoute.found(longPath, excluded("url_length")),
                of("long-urls", longUrls(), crawled().links(15).cut()),
                of("deep", "<div>".repeat(100_000) + LINK, crawled().links(1)),
                of("deep-text", "<b>".repeat(100_000) + LINK, crawled().links(1)),
                of("deep-lists", "<ul><li>".repeat(50_000) + LINK, crawled().links(1)),
                of("deep-tables", "<table><tr><td>".repeat(20_000) + LINK, crawled().links(1)),
                of("deep-anchors", "<a href=/>x".repeat(100_000), crawled().links(1)),
                of("deep-svg", "<svg>".repeat(50_000) + LINK, crawled().links(1)),
                of("deep-frames", "<frameset>".repeat(1000) + "<frame src=/>", crawled().links(1)),
                of("open-formats", "<p><b><i><u>".repeat(1000) + LINK, crawled().links(1)),
                of("crooked", "<b><p></b><i></p><table></i>".repeat(3000) + LINK, crawled()),
                of("unclosed", "</p></div></b>".repeat(50_000) + LINK, crawled().links(1)),
                of("tags", "<i>".repeat(900_000) + LINK, crawled().links(0).cut()),
                of("quotes", "<a href=\"/x" + "\"'".repeat(100_000), crawled()),
                of("attributes", "<p " + "a=b ".repeat(100_000) + ">" + LINK, crawled().links(1)),
                of("own-attributes", attributes(100_000) + LINK, crawled().links(1)),
                of("long-attribute", "<p title='" + "x".repeat(3 << 20) + "'>" + LINK, crawled()),
                of("entities", "&amp;&#0;&#xD800;&#x110000;&#99999999999;" + LINK, crawled()),
                of("comment", "<!--" + "-".repeat(500_000) + LINK, crawled()),
                of("doctypes", "<!doctype html><".repeat(20_000) + LINK, crawled()),
                of("titles", "<title>" + "x".repeat(3_000_000), crawled().links(0)),
                of("headings", headings(), crawled().links(0)),
                of("nul", "\0<p>a\0b</p>\0<a href='/'>x</a>\0", crawled().links(1)),
                of("bases", "<base href='http://['><base href=/x/>" + LINK, crawled().links(1)),
                of("refresh", "<meta http-equiv=refresh content='0'>", crawled().links(0)),
                of("xml-bomb", xmlBomb(), crawled()),
                of("srcdoc", srcdoc(40), crawled())));
    routes.addAll(frames(100));
    return routes;
  }

  private static TortureRoute of(String name, String html, Expected expected) {
    return TortureRoute.of("/page/" + name, Answer.html(html), expected);
  }

  private static String links(int number) {
    StringBuilder html = new StringBuilder();
    for (int i = 0; i < number; i++) {
      html.append("<a href=http://x.example/").append(i).append(">x</a>");
    }
    return html.toString();
  }

  private static String longUrls() {
    StringBuilder html =
        new StringBuilder("<base href='http://x.example/" + "x".repeat(1 << 20) + "/'>");
    for (int i = 0; i < 100; i++) {
      html.append("<a href=").append(i).append(">x</a>");
    }
    return html.toString();
  }

  private static String attributes(int number) {
    StringBuilder html = new StringBuilder("<p");
    for (int i = 0; i < number; i++) {
      html.append(" a").append(i).append("=b");
    }
    return html.append('>').toString();
  }

  /** Headings whose record would be larger than Kafka takes. */
  private static String headings() {
    return ("<h1>" + "\ud83d\ude00".repeat(500) + "</h1>").repeat(1500);
  }

  private static String xmlBomb() {
    StringBuilder xml = new StringBuilder("<!DOCTYPE x [<!ENTITY a0 \"ha\">");
    for (int i = 1; i < 30; i++) {
      xml.append("<!ENTITY a").append(i).append(" \"");
      xml.append(("&a" + (i - 1) + ";").repeat(10)).append("\">");
    }
    return xml.append("]><p>&a29;").toString();
  }

  private static String srcdoc(int depth) {
    String html = "<p>end";
    for (int i = 0; i < depth; i++) {
      html = "<iframe srcdoc='" + html.replace("&", "&amp;").replace("'", "&#39;") + "'></iframe>";
    }
    return html;
  }

  /** Frames within frames, each a page of its own. */
  private static List<TortureRoute> frames(int depth) {
    List<TortureRoute> routes = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      boolean last = i + 1 == depth;
      String html = last ? "<p>end" : "<iframe src=/frame/" + (i + 1) + "></iframe>";
      TortureRoute route =
          TortureRoute.of("/frame/" + i, Answer.html(html), crawled().links(last ? 0 : 1));
      routes.add(i == 0 ? route : route.unlinked());
    }
    return routes;
  }
}
