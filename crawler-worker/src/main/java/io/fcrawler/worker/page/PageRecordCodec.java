package io.fcrawler.worker.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.FetchOutcome.Fetched;
import io.fcrawler.worker.page.PageRecord.Failure;
import io.fcrawler.worker.page.PageRecord.Page;
import io.fcrawler.worker.page.PageRecord.Redirect;
import io.fcrawler.worker.parse.Heading;
import io.fcrawler.worker.parse.ParsedPage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The shape of a page record: one JSON object. Every record has {@code v} (schema version, 1),
 * {@code result} (crawled, redirected or failed), {@code seed}, {@code crawlId}, {@code url},
 * {@code status} (0: no answer), {@code depth}, {@code referrer} (where there is one), {@code
 * fetchedAt} (ISO 8601) and {@code elapsedMs}.
 *
 * <ul>
 *   <li>crawled: {@code contentType}, {@code bytes} (of the body as sent), {@code truncated},
 *       {@code contentHash} (SHA-256), and of HTML {@code title}, {@code description}, {@code
 *       canonical}, {@code language}, {@code headings} ({@code level}, {@code text}), {@code
 *       wordCount}, {@code text}, {@code textTruncated}, {@code outlinks}, {@code outlinkCount}
 *       (all of them), {@code noindex} and {@code nofollow} where the page says so;
 *   <li>redirected: {@code redirectTo};
 *   <li>failed: {@code reason}, {@code attempts}.
 * </ul>
 *
 * A record that the topic refused as too large names in {@code cut} what it lacks, see {@link
 * SmallerRecord}.
 */
public final class PageRecordCodec {
  private static final int VERSION = 1;
  private static final int MAX_OUTLINKS = 10_000;
  private static final int MAX_OUTLINK_CHARS = 3 << 20;
  private static final int MAX_HEADINGS = 1000;

  /** A character takes up to six bytes. */
  private static final int MAX_HEADING_CHARS = 192 << 10;

  private static final int MAX_LINE = 2000;
  private static final JsonFactory JSON = new JsonFactory();

  private PageRecordCodec() {}

  /** UTF-8, at most about 7 MiB. */
  public static byte[] toJson(PageRecord record) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(8 << 10);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      common(json, record);
      switch (record.content()) {
        case Page page -> page(json, page);
        case Redirect redirect -> text(json, "redirectTo", redirect.target().value());
        case Failure failure -> {
          text(json, "reason", failure.reason());
          json.writeNumberField("attempts", failure.attempts());
        }
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return out.toByteArray();
  }

  private static void common(JsonGenerator json, PageRecord record) throws IOException {
    json.writeNumberField("v", VERSION);
    text(json, "result", result(record));
    text(json, "seed", record.crawl().seed().id());
    text(json, "crawlId", record.crawl().crawlId().value());
    text(json, "url", record.entry().url());
    json.writeNumberField("status", record.outcome().status());
    json.writeNumberField("depth", record.entry().depth());
    text(json, "referrer", record.entry().referrer());
    text(json, "fetchedAt", record.outcome().at().toString());
    json.writeNumberField("elapsedMs", record.outcome().elapsed().toMillis());
  }

  private static String result(PageRecord record) {
    return switch (record.content()) {
      case Page page -> "crawled";
      case Redirect redirect -> "redirected";
      case Failure failure -> "failed";
    };
  }

  private static void page(JsonGenerator json, Page page) throws IOException {
    Fetched fetched = page.fetched();
    text(json, "contentType", fetched.meta().contentType().orElse(""));
    json.writeNumberField("bytes", fetched.bytesReceived());
    json.writeBooleanField("truncated", fetched.truncated() || page.parsed().truncated());
    text(json, "contentHash", page.contentHash());
    if (page.parsed().html()) {
      features(json, page.parsed());
    }
    outlinks(json, page.parsed().links());
    flag(json, "noindex", page.parsed().noindex());
    flag(json, "nofollow", page.parsed().nofollow());
  }

  private static void flag(JsonGenerator json, String name, boolean set) throws IOException {
    if (set) {
      json.writeBooleanField(name, true);
    }
  }

  private static void features(JsonGenerator json, ParsedPage parsed) throws IOException {
    text(json, "title", parsed.title());
    text(json, "description", parsed.description());
    text(json, "canonical", parsed.canonical().map(CrawlUrl::value).orElse(""));
    text(json, "language", parsed.language());
    headings(json, parsed.headings());
    json.writeNumberField("wordCount", parsed.wordCount());
    json.writeStringField("text", parsed.text());
    json.writeBooleanField("textTruncated", parsed.textTruncated());
  }

  private static void headings(JsonGenerator json, List<Heading> headings) throws IOException {
    json.writeArrayFieldStart("headings");
    int written = 0;
    int chars = 0;
    for (Heading heading : headings) {
      chars += heading.text().length();
      if (written++ == MAX_HEADINGS || chars > MAX_HEADING_CHARS) {
        break;
      }
      json.writeStartObject();
      json.writeNumberField("level", heading.level());
      text(json, "text", heading.text());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void outlinks(JsonGenerator json, List<CrawlUrl> links) throws IOException {
    json.writeArrayFieldStart("outlinks");
    int written = 0;
    int chars = 0;
    for (CrawlUrl link : links) {
      chars += link.value().length();
      if (written++ == MAX_OUTLINKS || chars > MAX_OUTLINK_CHARS) {
        break;
      }
      json.writeString(link.value());
    }
    json.writeEndArray();
    json.writeNumberField("outlinkCount", links.size());
  }

  /** Writes a line of text, cut where it is no line any more; nothing where it is empty. */
  private static void text(JsonGenerator json, String name, String value) throws IOException {
    if (!value.isEmpty()) {
      json.writeStringField(name, value.length() <= MAX_LINE ? value : cut(value));
    }
  }

  /** Not between the halves of a character. */
  private static String cut(String value) {
    boolean within = Character.isHighSurrogate(value.charAt(MAX_LINE - 1));
    return value.substring(0, within ? MAX_LINE - 1 : MAX_LINE);
  }
}
