package io.fcrawler.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.store.RobotsStore.Copy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The robots.txt files that workers share. */
interface RobotsContract extends StoreContract {
  private static String site() {
    return "https://" + UUID.randomUUID() + ".example:8443";
  }

  private static Copy copy(String text, Duration left) {
    return new Copy(text.getBytes(StandardCharsets.UTF_8), left);
  }

  @Test
  default void aRobotsTxtIsKnownToAllForItsTime() {
    RobotsStore robots = backend().store().robots();
    String site = site();
    assertEquals(Optional.empty(), robots.get(site));
    Copy put = copy("User-agent: *\nDisallow: /\u00e4\n", Duration.ofHours(24));
    robots.put(site, put);
    Copy got = robots.get(site).orElseThrow();
    assertArrayEquals(put.text(), got.text());
    assertTrue(got.left().compareTo(put.left()) <= 0, got.left().toString());
    assertTrue(got.left().compareTo(Duration.ofHours(23)) > 0, got.left().toString());
    assertEquals(Optional.empty(), robots.get(site.replace("https", "http")));
  }

  @Test
  default void aRobotsTxtIsForgottenAfterItsTime() {
    RobotsStore robots = backend().store().robots();
    String site = site();
    robots.put(site, copy("User-agent: *", Duration.ofMillis(40)));
    backend().pass(Duration.ofMillis(50));
    assertEquals(Optional.empty(), robots.get(site));
  }

  @Test
  default void aLaterRobotsTxtTakesThePlaceOfTheFormer() {
    RobotsStore robots = backend().store().robots();
    String site = site();
    robots.put(site, copy("User-agent: *", Duration.ofMillis(40)));
    robots.put(site, copy("", Duration.ofHours(1)));
    backend().pass(Duration.ofMillis(50));
    assertEquals(0, robots.get(site).orElseThrow().text().length);
  }

  @Test
  default void aRobotsTxtMayBeAsLongAsTheLimitAndNoLonger() {
    RobotsStore robots = backend().store().robots();
    String site = site();
    robots.put(site, copy("#".repeat(RobotsStore.MAX_LENGTH + 1), Duration.ofHours(1)));
    assertEquals(Optional.empty(), robots.get(site));
    robots.put(site, copy("#".repeat(RobotsStore.MAX_LENGTH), Duration.ofHours(1)));
    assertEquals(RobotsStore.MAX_LENGTH, robots.get(site).orElseThrow().text().length);
  }

  @Test
  default void whatIsSharedOfRobotsTxtIsNoPartOfACrawl() {
    TestingCrawl crawl = TestingCrawl.opened(backend());
    assertNoChange(
        crawl, () -> crawl.store.robots().put(site(), copy("User-agent: *", Duration.ofHours(1))));
  }
}
