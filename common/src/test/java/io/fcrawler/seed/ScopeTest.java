package io.fcrawler.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fcrawler.url.CrawlUrl;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopeTest {
  @ParameterizedTest
  @CsvSource({
    "example.com, https://example.com/a, true",
    "example.com, http://example.com/a, true",
    "example.com, http://example.com:8080/, false",
    "example.com, https://www.example.com/, false",
    "example.com, https://joined.example/, true",
    "example.com, https://example.com.evil.org/, false",
    "127.0.0.1:8088, http://127.0.0.1:8088/a, true",
    "127.0.0.1:8088, https://127.0.0.1:8088/a, true",
    "127.0.0.1:8088, http://127.0.0.1/a, false",
    "[::1]:8088, http://[::1]:8088/, true",
    "localhost, http://localhost/, true",
  })
  void theSeedsAuthorityAndJoinedOnesAreInScope(String seed, String url, boolean contained) {
    assertEquals(contained, scope(seed, false).contains(url(url)));
  }

  @ParameterizedTest
  @CsvSource({
    "www.example.com, https://example.com/, true",
    "www.example.com, https://a.b.example.com/, true",
    "www.example.com, https://a.example.com:8443/, true",
    "www.example.com, https://example.org/, false",
    "me.github.io, https://you.github.io/, false",
    "www.a.example, http://b.a.example/, true",
    "127.0.0.1:8088, http://127.0.0.1:9099/, false",
    "127.0.0.1, http://10.0.0.1/, false",
    "localhost, http://a.localhost/, false",
  })
  void withSubdomainsTheRegistrableDomainIsInScope(String seed, String url, boolean contained) {
    assertEquals(contained, scope(seed, true).contains(url(url)));
  }

  @ParameterizedTest
  @CsvSource({
    "a.example, http://www.a.example/, true",
    "www.example.co.uk, https://example.co.uk/, true",
    "example.com, https://example.org/, false",
    "a.co.uk, https://b.co.uk/, false",
    "127.0.0.1:8088, http://127.0.0.1:9099/, true",
    "127.0.0.1, http://127.0.0.2/, false",
  })
  void aRedirectOfTheStartPageJoinsWithinTheRegistrableDomain(
      String seed, String url, boolean joins) {
    assertEquals(joins, scope(seed, false).mayJoin(url(url)));
  }

  private static Scope scope(String seed, boolean includeSubdomains) {
    return new Scope(new Seed(seed), includeSubdomains, Set.of("joined.example"));
  }

  private static CrawlUrl url(String url) {
    return CrawlUrl.parse(url).orElseThrow();
  }
}
