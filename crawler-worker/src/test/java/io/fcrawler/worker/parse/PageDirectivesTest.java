package io.fcrawler.worker.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.HttpMeta;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Directives to robots, as Google documents them. */
class PageDirectivesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "robots | nofollow | false | true",
        "robots | noindex | true | false",
        "robots | none | true | true",
        "robots | noindex, nofollow | true | true",
        "robots | NoIndex,NOFOLLOW,noarchive | true | true",
        "' ROBOTS ' | nofollow | false | true",
        "fcrawler | none | true | true",
        "FCrawler | nofollow | false | true",
        "otherbot | none | false | false",
        "robots | noindex nofollow | true | true",
        "robots | index nofollow | false | true",
        "robots | noindex;nofollow | true | true",
        "robots | noindex / nofollow | true | true",
        "robots | noindex\u00a0nofollow | true | true",
        "robots | noindex，nofollow | true | true",
        "robots | noindex+nofollow | true | true",
        "robots | noindex\tnofollow | true | true",
        "robots | follow noindex | true | false",
        "robots | max-snippet:-1 max-image-preview:none noindex | true | false",
        "robots | max-image-preview:none | false | false",
        "robots | max-image-preview: none | false | false",
        "robots | max-image-preview : none nofollow | false | true",
        "robots | max-snippet:-1 nofollow | false | true",
        "robots | index, follow | false | false",
        "robots | all | false | false",
        "robots | nofollowing | false | false",
        "robots | '' | false | false",
        "description | nofollow | false | false",
      })
  void ofMetaTags(String name, String content, boolean noindex, boolean nofollow) {
    ParsedPage page =
        Pages.parse("<meta name='" + name + "' content='" + content + "'><a href=/t>t</a>");
    assertEquals(List.of(noindex, nofollow), List.of(page.noindex(), page.nofollow()));
    assertEquals(List.of("http://a.example/t"), Pages.links(page));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "noindex | true | false",
        "nofollow | false | true",
        "none | true | true",
        "noindex, nofollow | true | true",
        "noindex nofollow | true | true",
        "noindex;nofollow | true | true",
        "otherbot: noindex nofollow | false | false",
        "otherbot: noindex fcrawler: nofollow | false | true",
        "fcrawler :noindex otherbot: nofollow | true | false",
        "unavailable_after: 2025-12-03T13:09:53+00:00 nofollow | false | true",
        "unavailable_after: 03-Dec-25 13:09:53 GMT noindex | true | false",
        "max-image-preview: none | false | false",
        "max-image-preview: none, nofollow | false | true",
        "fcrawler: nofollow | false | true",
        "FCRAWLER: none | true | true",
        "otherbot: noindex, nofollow | false | false",
        "otherbot: noindex, fcrawler: nofollow | false | true",
        "fcrawler: noindex, otherbot: nofollow | true | false",
        "unavailable_after: 25 Jun 2010 15:00:00 PST, nofollow | false | true",
        "unavailable_after: Wed, 03 Dec 2025 13:09:53 GMT, nofollow | false | true",
        "max-snippet: 20, noindex | true | false",
        "*: nofollow | false | true",
        "' , ,' | false | false",
        "':' | false | false",
      })
  void ofHeaders(String header, boolean noindex, boolean nofollow) {
    HttpMeta meta =
        new HttpMeta(
            Optional.of("text/html"),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            List.of(header));
    ParsedPage page = Pages.parse(meta, "<a href=/t>t</a>");
    assertEquals(List.of(noindex, nofollow), List.of(page.noindex(), page.nofollow()));
  }

  @ParameterizedTest
  @CsvSource({"noindex, nofollow", "nofollow, noindex"})
  void allThatForbidsCounts(String header, String content) {
    HttpMeta meta =
        new HttpMeta(
            Optional.of("text/html"),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            List.of("index", header, "follow"));
    ParsedPage page = Pages.parse(meta, "<meta name=robots content=" + content + ">");
    assertEquals(List.of(true, true), List.of(page.noindex(), page.nofollow()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nofollow", "ugc nofollow", "ugc,nofollow", "nofollow; noopener"})
  void nofollowOfALinkCountsInAnyList(String rel) {
    ParsedPage page = Pages.parse("<a href=/t rel='" + rel + "'>t</a><a href=/u rel=x>u</a>");
    assertEquals(
        List.of("http://a.example/t"), page.nofollowLinks().stream().map(CrawlUrl::value).toList());
  }
}
