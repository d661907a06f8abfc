package io.fcrawler.standalone.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.testing.web.Page;
import io.fcrawler.testing.web.Site;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DemoSiteTest {
  private static final Pattern LINK = Pattern.compile("href=\"([^\"]*)\"");

  private final Site site = SitePages.small();

  @Test
  void aWalkAlongAllLinksFindsJustWhatTheSiteSaysOfItself() {
    assertFactsAreRight(site, 200);
    assertFactsAreRight(SitePages.large(), 1000);
  }

  private static void assertFactsAreRight(Site site, int least) {
    Set<String> disallowed = new HashSet<>();
    Set<String> reached = walk(site, disallowed);

    long failing = reached.stream().filter(path -> site.page(path).isFailure()).count();
    assertEquals(
        new SiteFacts(reached.size(), (int) failing, disallowed.size()),
        SiteFacts.of(site.truth()));
    assertEquals(site.pages().keySet(), reached);
    assertTrue(reached.size() > least, () -> "only " + reached.size());
  }

  @Test
  void everyKindOfAnswerIsThere() {
    Set<Integer> statuses = new HashSet<>();
    Set<String> types = new HashSet<>();
    for (String path : walk(site, new HashSet<>())) {
      statuses.add(site.page(path).status());
      types.add(site.page(path).type());
    }

    assertEquals(Set.of(200, 301, 302, 308, 404, 410, 500), statuses);
    assertTrue(types.containsAll(Set.of("image/png", "application/pdf", "application/json")));
    assertEquals(SitePages.SLOW, site.page("/slow").delay());
  }

  @Test
  void itIsServedAsItIs() throws Exception {
    try (DemoSite demo = DemoSite.start();
        HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> robots = get(client, demo, "/robots.txt");
      HttpResponse<String> index = get(client, demo, "/");
      HttpResponse<String> moved = get(client, demo, "/moved/8");

      assertTrue(robots.body().contains("Disallow: /private/"), robots.body());
      assertEquals(body(site, "/"), index.body());
      assertEquals(308, moved.statusCode());
      assertEquals("/moved/1", moved.headers().firstValue("Location").orElseThrow());
      assertEquals(404, get(client, demo, "/nothing").statusCode());
      assertEquals(500, get(client, demo, "/errors/broken").statusCode());
    }
  }

  private static HttpResponse<String> get(HttpClient client, DemoSite demo, String path)
      throws Exception {
    URI uri = URI.create("http://" + demo.authority() + path);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private static String body(Site site, String path) {
    return new String(site.page(path).answer().body(), StandardCharsets.ISO_8859_1);
  }

  private static Set<String> walk(Site site, Set<String> disallowed) {
    Set<String> reached = new HashSet<>(Set.of("/"));
    Deque<String> ahead = new ArrayDeque<>(reached);
    while (!ahead.isEmpty()) {
      for (String link : links(site, ahead.remove())) {
        if (link.startsWith("/private/")) {
          disallowed.add(link);
        } else if (reached.add(link)) {
          ahead.add(link);
        }
      }
    }
    return reached;
  }

  /** The links as they are in the answer, rather than as the site says. */
  private static Iterable<String> links(Site site, String path) {
    Page page = site.page(path);
    Stream<String> links =
        LINK.matcher(body(site, path)).results().map((MatchResult found) -> found.group(1));
    return page.redirects() ? page.links() : links.toList();
  }
}
