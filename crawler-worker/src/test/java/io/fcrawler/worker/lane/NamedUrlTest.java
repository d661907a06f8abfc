package io.fcrawler.worker.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fcrawler.url.CrawlUrl;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NamedUrlTest {
  @ParameterizedTest
  @CsvSource({
    "/c?/a/b?c=d, true",
    "/c?u=/a/b?c=d, true",
    "/c?u=%2Fa%2Fb%3Fc%3Dd, true",
    "/c?u=%252Fa%252Fb%253Fc%253Dd, true",
    "/c?x=1&u=https://site.example/a/b?c=d, true",
    "/c?u=https%3A%2F%2FSITE.example%3A443%2Fa%2Fb%3Fc%3Dd&x=1, true",
    "/c?u=http%3A%2F%2Fsite.example%2Fa%2Fb%3Fc%3Dd, true",
    "/c?u=https%3A%2F%2Fother.example%2Fa%2Fb%3Fc%3Dd, false",
    "/c?u=/a/b, false",
    "/c?u=, false",
    "/c?u=%, false",
    "/c?, false",
    "/c, false"
  })
  void aUrlIsNamedByAnyParameterHoweverItIsEncoded(String target, boolean named) {
    CrawlUrl to = CrawlUrl.parse("https://site.example" + target).orElseThrow();
    CrawlUrl url = CrawlUrl.parse("https://site.example/a/b?c=d").orElseThrow();
    assertEquals(named, NamedUrl.isIn(to, url));
  }
}
