package io.fcrawler.worker.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.Entry;
import io.fcrawler.store.Exclusion;
import io.fcrawler.url.CrawlUrl;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkPolicyTest {
  private static final Entry PAGE = Entry.start(1, "http://h/", false);

  @ParameterizedTest
  @CsvSource({
    "/café/, http://h/caf%C3%A9/, true",
    "/café/, http://h/café/x, true",
    "/caf%C3%A9/, http://h/café/, true",
    "/café/, http://h/caf%E9/, false",
    "/caf%E9/, http://h/caf%e9/, true",
    "[?&]q=日本, http://h/?a&q=%E6%97%A5%E6%9C%AC, true",
    "'/my docs/', http://h/my%20docs/, true",
    "'^http://h/[^/]+$', http://h/a%2Fb, true",
    "/a/b, http://h/a%2Fb, false",
    "'^https?://bücher\\.example/', http://xn--bcher-kva.example/, true",
    "'^https?://xn--bcher-kva\\.example/', http://bücher.example/, true",
    "/cafe/, http://h/caf%C3%A9/, false",
    "/docs/, http://h/docs/, true"
  })
  void aPatternMatchesTheUrlAsItIsSentOrAsPeopleWriteIt(
      String pattern, String url, boolean matches) {
    assertEquals(matches ? Optional.empty() : out(), exclusion(options(pattern, true), url));
    assertEquals(matches ? out() : Optional.empty(), exclusion(options(pattern, false), url));
  }

  private static Optional<String> out() {
    return Optional.of(Exclusion.PATTERN);
  }

  private static CrawlOptions options(String pattern, boolean include) {
    List<String> patterns = List.of(pattern);
    return new CrawlOptions(
        -1, -1, false, 0, 1, include ? patterns : List.of(), include ? List.of() : patterns, true);
  }

  private static Optional<String> exclusion(CrawlOptions options, String url) {
    CrawlId crawl = CrawlId.next(Instant.EPOCH, new Random(1));
    LinkPolicy policy = new LinkPolicy(new CrawlRef(new Seed("h"), crawl), options);
    return policy.link(CrawlUrl.parse(url).orElseThrow(), PAGE, false, _ -> true).exclusion();
  }
}
