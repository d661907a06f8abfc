package io.fcrawler.api;

import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** What there is: {@code /}, for people, and {@code /openapi.yaml}, for programs. */
final class IndexRoutes {
  private static final String INDEX =
      """
      fcrawler: submit a domain, and watch it being crawled.

      POST /api/submit                            {"domain":"example.com"}, {"domains":[...]}
      GET  /api/fcrawler/seeds                    all of them; ?status= &q= &limit= &cursor=
      GET  /api/fcrawler/seed/{seed}              progress
      GET  /api/fcrawler/seed/{seed}/crawls       former crawls
      GET  /api/fcrawler/seed/{seed}/failures     what could not be fetched
      GET  /api/fcrawler/seed/{seed}/excluded     what was kept out, and why
      GET  /api/fcrawler/seed/{seed}/receipt      an audit
      POST /api/fcrawler/seed/{seed}/pause        also: resume, cancel
      POST /api/fcrawler/recrawl                  crawl all anew where Redis was found empty
      GET  /api/fcrawler/workers                  who crawls
      GET  /livez /readyz /health /metrics        for operators
      GET  /openapi.yaml                          all of it, in full
      """;

  private final byte[] openapi = resource("/openapi.yaml");

  void addTo(RoutesConfig routes) {
    routes.get("/", context -> context.contentType("text/plain; charset=utf-8").result(INDEX));
    routes.get("/openapi.yaml", context -> context.contentType("application/yaml").result(openapi));
  }

  private static byte[] resource(String name) {
    try (InputStream stream =
        Objects.requireNonNull(IndexRoutes.class.getResourceAsStream(name), name)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
