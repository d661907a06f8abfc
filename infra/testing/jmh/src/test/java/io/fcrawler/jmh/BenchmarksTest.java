package io.fcrawler.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.parse.ParsedPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That the benchmarks measure what they say; no times. */
final class BenchmarksTest {
  private final UrlBenchmark urls = new UrlBenchmark();

  @Test
  void normalUrlsStayAsTheyAre() {
    List<String> parsed =
        Stream.generate(urls::parseNormal)
            .limit(SampleUrls.NORMAL.size())
            .map(url -> url.orElseThrow().value())
            .toList();
    assertEquals(SampleUrls.NORMAL, parsed);
  }

  @Test
  void everyOtherUrlIsChanged() {
    for (String raw : SampleUrls.OTHER) {
      assertNotEquals(raw, urls.parseOther().orElseThrow().value());
    }
  }

  @Test
  void allReferencesAreResolved() {
    for (int i = 0; i < SampleUrls.PLAIN_REFERENCES.size(); i++) {
      assertTrue(urls.resolvePlain().isPresent(), SampleUrls.PLAIN_REFERENCES.get(i));
    }
    for (int i = 0; i < SampleUrls.OTHER_REFERENCES.size(); i++) {
      assertTrue(urls.resolveOther().isPresent(), SampleUrls.OTHER_REFERENCES.get(i));
    }
  }

  @Test
  void knownReferencesAreResolvedAsIfTheyWereNotKnown() {
    for (int i = 0; i < 2 * SampleUrls.OTHER_REFERENCES.size(); i++) {
      Optional<CrawlUrl> resolved = urls.resolveOther();
      assertEquals(resolved, urls.resolveKnown());
    }
  }

  @Test
  void goodDomainsAreTakenAndBadOnesRefused() {
    StartBenchmark starts = new StartBenchmark();
    for (int i = 0; i < StartBenchmark.GOOD.size(); i++) {
      assertFalse(starts.parseGood().seed().id().isEmpty());
    }
    for (String bad : StartBenchmark.BAD) {
      assertEquals("domain", starts.refuseBad(), bad);
    }
  }

  @Test
  void everyUrlHasAFingerprintOfItsOwn() {
    int count = SampleUrls.NORMAL.size();
    assertEquals(count, LongStream.generate(urls::fingerprint).limit(count).distinct().count());
  }

  @Test
  void thePageOfTextHasTheLinksAndTheSizeThatItSays() throws IOException {
    PageBenchmark benchmark = of(SamplePage.TEXT);
    ParsedPage parsed = benchmark.parse();
    assertEquals("Page 1", parsed.title());
    assertEquals(TextPage.LINKS, parsed.links().size());
    assertEquals(12, SamplePage.TEXT.bytes().length / 1024);
    assertTrue(parsed.wordCount() > 1500, "words: " + parsed.wordCount());
    assertEquals("Page 1", benchmark.parseByJsoupAlone().title());
  }

  @Test
  void thePageOfMarkupHasTheLinksAndTheSizeThatItSays() throws IOException {
    PageBenchmark benchmark = of(SamplePage.MARKUP);
    ParsedPage parsed = benchmark.parse();
    assertEquals("Sample (Samples & more)", parsed.title());
    assertEquals(MarkupPage.LINKS, parsed.links().size());
    assertEquals(27, SamplePage.MARKUP.bytes().length / 1000);
    assertEquals(parsed.title(), benchmark.parseByJsoupAlone().title());
  }

  @ParameterizedTest
  @EnumSource
  void samplesAreTheSameEachTime(SamplePage page) {
    String again = page == SamplePage.TEXT ? TextPage.markup() : MarkupPage.markup();
    assertEquals(again, new String(page.bytes(), StandardCharsets.UTF_8));
  }

  @Test
  void turnsInMemoryAreAllAlike() throws IOException {
    TurnChecks.check(StoreKind.MEMORY);
  }

  private static PageBenchmark of(SamplePage page) {
    PageBenchmark benchmark = new PageBenchmark();
    benchmark.page = page;
    benchmark.encode();
    return benchmark;
  }
}
