package io.fcrawler.jmh;

import io.fcrawler.url.CrawlUrl;
import java.util.List;

/** URLs and references as pages have them. */
final class SampleUrls {
  /** What the references are relative to. */
  static final CrawlUrl BASE = CrawlUrl.ofNormal("https://www.example.com/docs/guide/intro.html");

  /** In normal form already. */
  static final List<String> NORMAL =
      List.of(
          "https://www.example.com/",
          "https://www.example.com/docs/guide/setup.html",
          "https://www.example.com/07/1c3/page-12034.html",
          "http://127.0.0.1:8099/1f/0a2/page-7.html",
          "https://shop.example.org/products/42/reviews?page=3&sort=newest",
          "https://en.example.org/wiki/Web_crawler",
          "https://example.net/blog/2026/01/a-rather-long-title-of-a-post-about-nothing/",
          "https://example.net/search?q=caf%C3%A9");

  /** Not in normal form, each for another reason. */
  static final List<String> OTHER =
      List.of(
          "HTTPS://WWW.Example.COM/Docs",
          "https://www.example.com",
          "https://www.example.com:443/docs/",
          "https://www.example.com/docs/../guide/./setup.html",
          "https://www.example.com/docs/guide/setup.html#install",
          "https://en.example.org/wiki/Café au lait",
          "https://bücher.example/katalog?",
          "https://example.net/a%7eb/%63?q=a b");

  /** References that are resolved the short way. */
  static final List<String> PLAIN_REFERENCES =
      List.of(
          "/07/1c3/page-12034.html",
          "setup.html",
          "../reference/api.html",
          "../../about/",
          "./advanced/tuning.html#threads",
          "/",
          "#top",
          "https://www.example.com/docs/guide/faq.html");

  /** References that are resolved the long way. */
  static final List<String> OTHER_REFERENCES =
      List.of(
          "?page=2",
          "/search?q=web crawler&lang=en",
          "/wiki/Caf%c3%a9",
          "/docs//guide/../setup.html",
          "//cdn.example.com/manual/index.html",
          "https://shop.example.org/products/42/reviews?page=3&sort=newest",
          "HTTP://Example.NET:80/blog",
          "  /über uns/ ");

  private SampleUrls() {}
}
