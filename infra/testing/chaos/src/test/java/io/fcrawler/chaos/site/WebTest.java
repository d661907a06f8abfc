package io.fcrawler.chaos.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.testing.web.Truth;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class WebTest {
  @Test
  void websAreTheSameForTheSameNumberAndReachAlmostAllOfTheirPages() {
    Web web = new Web(new Random(3), 80);
    assertEquals(web.all(), new Web(new Random(3), 80).all());
    assertNotEquals(web.all(), new Web(new Random(4), 80).all());
    for (SeedSite seed : web.all()) {
      Truth truth = seed.site().truth();
      assertTrue(seed.site().pages().keySet().stream().allMatch(truth::reaches), seed::id);
    }
    for (SeedSite seed : List.of(web.paced(), web.wide(), web.again(), web.late().getFirst())) {
      assertFalse(seed.site().truth().failed().isEmpty(), seed::id);
    }
    assertTrue(web.all().stream().anyMatch(seed -> !seed.site().truth().excluded().isEmpty()));
  }

  @Test
  void aWebMayHaveNoRedirectsToThemselves() {
    for (int seed = 0; seed < 40; seed++) {
      Web web = Web.withoutRedirectsToThemselves(new Random(seed), 80, 1);
      assertFalse(web.all().stream().anyMatch(each -> each.site().hasRedirectToItself()));
    }
  }
}
