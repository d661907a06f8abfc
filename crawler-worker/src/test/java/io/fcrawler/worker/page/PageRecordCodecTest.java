package io.fcrawler.worker.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fcrawler.kafka.Topics;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.Entry;
import io.fcrawler.store.Outcome;
import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.FetchOutcome.Fetched;
import io.fcrawler.worker.fetch.FetchOutcome.Redirected;
import io.fcrawler.worker.fetch.FetchOutcome.Rejected;
import io.fcrawler.worker.fetch.HttpMeta;
import io.fcrawler.worker.parse.PageParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PageRecordCodecTest {
  private static final Instant AT = Instant.parse("2026-11-20T12:00:00Z");
  private static final CrawlRef CRAWL =
      new CrawlRef(new Seed("example.com"), CrawlId.next(AT, new Random(1)));
  private static final CrawlUrl URL = CrawlUrl.parse("https://example.com/a").orElseThrow();
  private static final Entry ENTRY = Entry.link(7, URL.value(), 2, "https://example.com/");

  private static JsonNode json(PageRecord record) throws IOException {
    return new ObjectMapper().readTree(PageRecordCodec.toJson(record));
  }

  private static PageRecord page(String html, String contentType) {
    byte[] body = html.getBytes(StandardCharsets.UTF_8);
    Fetched fetched =
        new Fetched(
            URL, 200, HttpMeta.ofType(contentType), body, false, 99, Duration.ofMillis(12), AT);
    return PageRecord.page(
        CRAWL, ENTRY, fetched, new PageParser("fcrawler").parse(URL, fetched.meta(), body));
  }

  @Test
  void aPageIsPutOutWithItsFeatures() throws IOException {
    JsonNode json =
        json(
            page(
                "<html lang=de><title> A  title</title><meta name=description content=Short>"
                    + "<link rel=canonical href=/c><h1>Head</h1><p>Two words <a href=/b>b</a>",
                "text/html; charset=utf-8"));
    assertEquals(1, json.get("v").asInt());
    assertEquals("crawled", json.get("result").asText());
    assertEquals("example.com", json.get("seed").asText());
    assertEquals(CRAWL.crawlId().value(), json.get("crawlId").asText());
    assertEquals("https://example.com/a", json.get("url").asText());
    assertEquals(200, json.get("status").asInt());
    assertEquals("text/html; charset=utf-8", json.get("contentType").asText());
    assertEquals("A title", json.get("title").asText());
    assertEquals("Short", json.get("description").asText());
    assertEquals("https://example.com/c", json.get("canonical").asText());
    assertEquals("de", json.get("language").asText());
    assertEquals("{\"level\":1,\"text\":\"Head\"}", json.get("headings").get(0).toString());
    assertTrue(json.get("text").asText().contains("Two words b"));
    assertEquals(4, json.get("wordCount").asInt());
    assertEquals(
        "[\"https://example.com/c\",\"https://example.com/b\"]", json.get("outlinks").toString());
    assertEquals(2, json.get("outlinkCount").asInt());
    assertEquals("2026-11-20T12:00:00Z", json.get("fetchedAt").asText());
    assertEquals(12, json.get("elapsedMs").asInt());
    assertEquals(99, json.get("bytes").asInt());
    assertEquals(64, json.get("contentHash").asText().length());
    assertEquals(2, json.get("depth").asInt());
    assertEquals("https://example.com/", json.get("referrer").asText());
  }

  @Test
  void whatIsNoHtmlHasNoFeatures() throws IOException {
    JsonNode json = json(page("PNG", "image/png"));
    assertEquals("crawled", json.get("result").asText());
    assertFalse(json.has("text"));
  }

  @Test
  void aRedirectNamesItsTarget() throws IOException {
    Redirected redirected =
        new Redirected(URL, 301, Optional.of("/b"), HttpMeta.EMPTY, Duration.ZERO, AT);
    CrawlUrl target = CrawlUrl.parse("https://example.com/b").orElseThrow();
    JsonNode json = json(PageRecord.redirect(CRAWL, ENTRY, redirected, target));
    assertEquals("redirected", json.get("result").asText());
    assertEquals(301, json.get("status").asInt());
    assertEquals("https://example.com/b", json.get("redirectTo").asText());
  }

  @Test
  void aFailureNamesItsReason() throws IOException {
    Rejected rejected = new Rejected(URL, "http_404", 404, false, Duration.ZERO, AT);
    Outcome.Failed failed = new Outcome.Failed(7, URL.value(), "http_404", 404, 1, "");
    JsonNode json = json(PageRecord.failure(CRAWL, ENTRY, failed, rejected));
    assertEquals("failed", json.get("result").asText());
    assertEquals("http_404", json.get("reason").asText());
    assertEquals(1, json.get("attempts").asInt());
  }

  @Test
  void theKeyIsTheSameWheneverAPageIsFetchedAgain() {
    assertEquals(CRAWL.crawlId() + " https://example.com/a", page("", "text/html").key());
    assertEquals(page("x", "text/html").key(), page("y", "text/html").key());
  }

  /** So that Kafka takes every record. */
  @Test
  void noPageMakesARecordThatIsTooLarge() {
    String links =
        IntStream.range(0, 20_000)
            .mapToObj(i -> "<a href='/" + "x".repeat(500) + i + "'>\u0001\u0001</a>")
            .collect(Collectors.joining());
    String text = "<title>" + "\u0002".repeat(1 << 20) + "</title>" + "\u0001 ".repeat(1 << 20);
    String faces = "\ud83d\ude00".repeat(500);
    String headings = ("<h1>" + faces + "</h1>").repeat(1500);
    for (String html : new String[] {text + links, headings + links, faces + headings}) {
      byte[] json = PageRecordCodec.toJson(page(html, "text/html"));
      assertTrue(json.length < Topics.MAX_PAGE_BYTES - (64 << 10), "bytes: " + json.length);
    }
  }
}
