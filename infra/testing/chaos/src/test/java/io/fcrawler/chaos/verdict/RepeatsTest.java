package io.fcrawler.chaos.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fcrawler.chaos.fault.Span;
import io.fcrawler.chaos.site.SeedSite;
import io.fcrawler.testing.web.Site;
import io.fcrawler.testing.web.Visit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RepeatsTest {
  private static final SeedSite SITE =
      new SeedSite("a.example", 80, List.of("a.example"), 1, 0, new Site("", Map.of()));
  private static final Span SPAN = new Span("a fault", 100, 200);

  private static Visit visit(long fromNs, long toNs) {
    return new Visit("GET", "a.example:80", "/1", "w", fromNs, toNs);
  }

  private static Repeats repeats(int crawls, Visit... visits) {
    Repeats repeats = new Repeats(List.of(SPAN), 3, 0);
    repeats.look(SITE, List.of(visits), crawls);
    return repeats;
  }

  @Test
  void oneRequestForEachCrawlIsNone() {
    assertEquals(0, repeats(1, visit(0, 10)).count());
    assertEquals(0, repeats(2, visit(0, 10), visit(20, 30)).count());
  }

  @Test
  void aFaultExplainsTheRequestsThatWereUnderWay() {
    Repeats repeats = repeats(1, visit(90, 110), visit(300, 310));
    assertEquals(1, repeats.count());
    assertEquals(List.of(), repeats.unexplained());
  }

  @Test
  void whatIsAskedForAgainForNoFaultsSakeIsTold() {
    assertEquals(1, repeats(1, visit(0, 10), visit(150, 160)).unexplained().size());
    assertEquals(1, repeats(1, visit(150, 160), visit(170, 180), visit(300, 310)).count() - 1);
    assertEquals(1, repeats(1, visit(210, 220), visit(300, 310)).unexplained().size());
  }

  @Test
  void aFaultCostsNoMoreThanItMay() {
    Repeats repeats = new Repeats(List.of(new Span("a kill", 100, 200, 1)), 3, 0);
    repeats.look(SITE, List.of(visit(90, 110), visit(300, 310)), 1);
    assertEquals(List.of(), repeats.tooMany());
    repeats.look(SITE, List.of(visit(90, 110), visit(300, 310)), 1);
    assertEquals(
        List.of("a kill: 2 requests were made again, at most 1 may be"), repeats.tooMany());
  }

  @Test
  void whatAnotherFaultExplainsIsNotChargedToOneThatMayCostLittle() {
    Repeats repeats =
        new Repeats(List.of(new Span("a kill", 100, 200, 0), new Span("another", 90, 150)), 3, 0);
    repeats.look(SITE, List.of(visit(90, 110), visit(300, 310)), 1);
    assertEquals(List.of(), repeats.tooMany());
  }
}
