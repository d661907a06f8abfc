package io.fcrawler.testing.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SiteTest {
  private static final Site SITE =
      new Site(
          "/",
          Map.of(
              "/", Page.html("", List.of("/moved", "/gone", "/private/1", "/nowhere", "/")),
              "/moved", Page.redirect(301, "/target"),
              "/target", Page.html("", List.of()).failingFirst(2),
              "/gone", Page.error(410).linkingTo(List.of("/unlinked")),
              "/broken", Page.error(500),
              "/unlinked", Page.html("", List.of())));

  @Test
  void theTruthIsWhatCanBeReached() {
    Truth truth = SITE.truth();
    assertEquals(Set.of("/", "/moved", "/target"), truth.crawled());
    assertEquals(Map.of("/gone", "http_410", "/nowhere", "http_404"), truth.failed());
    assertEquals(Set.of("/private/1"), truth.excluded());
    assertEquals(5, truth.total());
    assertTrue(truth.reaches("/target") && truth.reaches("/gone"));
    assertFalse(truth.reaches("/private/1") || truth.reaches("/unlinked"));
  }

  @Test
  void aUrlThatFailsForNowTakesMoreRequests() {
    assertEquals(1, SITE.attempts("/", 4));
    assertEquals(3, SITE.attempts("/target", 4));
    assertEquals(5, SITE.attempts("/broken", 4));
    assertEquals(1, SITE.attempts("/gone", 4));
    assertEquals(1, SITE.attempts("/nowhere", 4));
  }

  @Test
  void aRedirectToItselfFailsAndIsAskedForTwice() {
    Page itself = Page.redirect(302, "/itself");
    Page start = Page.html("", List.of("/itself", "/back"));
    Site site =
        new Site("/", Map.of("/", start, "/itself", itself, "/back", Page.redirect(301, "/")));

    assertEquals(Map.of("/itself", "redirect_to_itself"), site.truth().failed());
    assertEquals(Set.of("/", "/back"), site.truth().crawled());
    assertTrue(site.hasRedirectToItself());
    assertFalse(SITE.hasRedirectToItself());
    assertEquals(2, site.attempts("/itself", 4));
    assertEquals(1, site.attempts("/back", 4));
  }

  @Test
  void allOfATreeIsCrawled() {
    assertEquals(41, Site.tree(41, Duration.ZERO).truth().crawled().size());
    assertEquals(41, Site.tree(41, Duration.ZERO).truth().total());
  }

  @Test
  void randomSitesAreTheSameForTheSameNumberAndAreReachedAsAWhole() {
    Site site = random(3);
    assertEquals(site, random(3));
    assertNotEquals(site, random(4));
    assertTrue(site.pages().keySet().stream().allMatch(site.truth()::reaches));
    assertFalse(site.truth().failed().isEmpty());
    assertFalse(site.truth().excluded().isEmpty());
    assertEquals(330, site.pages().size());
  }

  private static Site random(long seed) {
    List<String> hosts = List.of("a.example", "b.a.example");
    return RandomSite.make(new Random(seed), hosts, 80, 20, 300, 30);
  }
}
