package io.fcrawler.worker.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fcrawler.url.CrawlUrl;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpelledUrlTest {
  private static final SpelledUrl BASE =
      SpelledUrl.of(CrawlUrl.parse("http://a.example/d/x").orElseThrow());

  @ParameterizedTest
  @CsvSource({
    "/d/x?, /d/x, /d/x?",
    "?, /d/x, /d/x?",
    "x#y, /d/x, /d/x",
    "#y, /d/x, /d/x",
    "'', /d/x, /d/x",
    "../d/%78, /d/x, /d/%78",
    "http://A.example:80/d/%7E, /d/~, /d/%7E",
    "//user:secret@a.example, /, /",
    "/a%2fb?%C3%a4, /a%2Fb?%C3%A4, /a%2fb?%C3%a4"
  })
  void aRedirectSpellsPathAndQuery(String location, String normal, String spelled) {
    SpelledUrl to = BASE.resolve(location).orElseThrow();
    assertEquals("http://a.example" + normal, to.url().value());
    assertEquals("http://a.example" + spelled, to.text());
  }

  @Test
  void aRedirectIsRelativeToTheSpellingThatItAnswers() {
    SpelledUrl spelled = BASE.resolve("/%64/x?a").orElseThrow();
    assertEquals("http://a.example/%64/y", spelled.resolve("y").orElseThrow().text());
    assertEquals("http://a.example/%64/x?", spelled.resolve("?").orElseThrow().text());
  }

  @Test
  void whatIsNoWebUrlIsNone() {
    assertEquals(Optional.empty(), BASE.resolve("mailto:a@a.example"));
  }
}
