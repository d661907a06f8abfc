package io.fcrawler.worker.parse;

import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.HttpMeta;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Shorthands of the tests of parsing. */
final class Pages {
  static final CrawlUrl URL = CrawlUrl.parse("http://a.example/dir/page?q=1").orElseThrow();
  static final HttpMeta HTML = HttpMeta.ofType("text/html; charset=utf-8");

  private Pages() {}

  static ParsedPage parse(String html) {
    return parse(HTML, html);
  }

  static ParsedPage parse(HttpMeta meta, String html) {
    return parse(meta, html.getBytes(StandardCharsets.UTF_8));
  }

  static ParsedPage parse(HttpMeta meta, byte[] body) {
    return new PageParser("fcrawler").parse(URL, meta, body);
  }

  static List<String> links(String html) {
    return links(parse(html));
  }

  static List<String> links(ParsedPage page) {
    return page.links().stream().map(CrawlUrl::value).toList();
  }
}
