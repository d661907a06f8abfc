package io.fcrawler.worker.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fcrawler.seed.BadInputException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FetchSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "fcrawler/0.1.0, fcrawler",
    "My-Crawler/2.0 (+https://example.com/bot), my-crawler",
    "bot, bot",
    "MJ12bot/v1.4.8, mj12bot",
    "360Spider, 360spider",
    "008/0.83, 008",
    "Mozilla/5.0 (compatible; MJ12bot/v1.4.8; http://mj12bot.com/), mj12bot",
    "bot (+https://example.com), bot",
    "Mozilla/5.0 (compatible; My-Bot/1.0; +https://example.com/bot), my-bot",
    "Mozilla/5.0 AppleWebKit/537.36 (compatible; mybot), mybot",
    "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0, mozilla"
  })
  void theProductTokenIsWhatTheUserAgentBeginsWith(String userAgent, String token) {
    assertEquals(token, FetchSettings.DEFAULT.withUserAgent(userAgent).productToken());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/1.0", "bot.x/1.0", "bot\n", "bot/1.0 é", "bot;x"})
  void aUserAgentWithoutAProductTokenIsBadInput(String userAgent) {
    assertThrows(BadInputException.class, () -> FetchSettings.DEFAULT.withUserAgent(userAgent));
  }
}
