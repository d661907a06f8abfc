package io.fcrawler.standalone.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
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

  private final SitePages pages = SitePages.small();

  @Test
  void aWalkAlongAllLinksFindsJustWhatTheSiteSaysOfItself() {
    assertFactsAreRight(pages, 200);
    assertFactsAreRight(SitePages.large(), 1000);
  }

  private static void assertFactsAreRight(SitePages pages, int least) {
    Set<String> disallowed = new HashSet<>();
    Set<String> reached = walk(pages, disallowed);

    long failing = reached.stream().filter(path -> pages.answer(path).isFailure()).count();
    assertEquals(new SiteFacts(reached.size(), (int) failing, disallowed.size()), pages.facts());
    assertTrue(reached.size() > least, () -> "only " + reached.size());
  }

  @Test
  void everyKindOfAnswerIsThere() {
    Set<Integer> statuses = new HashSet<>();
    Set<String> types = new HashSet<>();
    for (String path : walk(pages, new HashSet<>())) {
      statuses.add(pages.answer(path).status());
      types.add(pages.answer(path).contentType());
    }

    assertEquals(Set.of(200, 301, 302, 308, 404, 410, 500), statuses);
    assertTrue(types.containsAll(Set.of("image/png", "application/pdf", "application/json")));
    assertEquals(SitePages.SLOW, pages.answer("/slow").delay());
  }

  @Test
  void itIsServedAsItIs() throws Exception {
    try (DemoSite site = DemoSite.start();
        HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> robots = get(client, site, SitePages.ROBOTS);
      HttpResponse<String> index = get(client, site, "/");
      HttpResponse<String> moved = get(client, site, "/moved/8");

      assertTrue(robots.body().contains("Disallow: /private/"), robots.body());
      assertEquals(pages.answer("/").body(), index.body());
      assertEquals(308, moved.statusCode());
      assertEquals("/moved/1", moved.headers().firstValue("Location").orElseThrow());
      assertEquals(404, get(client, site, "/nothing").statusCode());
      assertEquals(500, get(client, site, "/errors/broken").statusCode());
    }
  }

  private static HttpResponse<String> get(HttpClient client, DemoSite site, String path)
      throws Exception {
    URI uri = URI.create("http://" + site.authority() + path);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private static Set<String> walk(SitePages pages, Set<String> disallowed) {
    Set<String> reached = new HashSet<>(Set.of("/"));
    Deque<String> ahead = new ArrayDeque<>(reached);
    while (!ahead.isEmpty()) {
      for (String link : links(pages, ahead.remove())) {
        if (link.startsWith("/private/")) {
          disallowed.add(link);
        } else if (reached.add(link)) {
          ahead.add(link);
        }
      }
    }
    return reached;
  }

  private static Iterable<String> links(SitePages pages, String path) {
    Answer answer = pages.answer(path);
    Stream<String> links =
        LINK.matcher(answer.body()).results().map((MatchResult found) -> found.group(1));
    return answer.location().isEmpty() ? links.toList() : Set.of(answer.location());
  }
}
