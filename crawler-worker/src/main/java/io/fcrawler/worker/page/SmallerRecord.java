package io.fcrawler.worker.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fcrawler.worker.fetch.Reasons;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * What is put out in place of a record that the topic refused as too large: the record without its
 * text, then without its outlinks, then without its headings, each named in {@code cut}; in the end
 * that the URL failed.
 */
public final class SmallerRecord {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CUT = "cut";
  private static final String RESULT = "result";

  /** Parts that may be large, in the order in which they are cut. */
  private static final List<String> PARTS = List.of("text", "outlinks", "headings");

  /** What a record of a failure has of any other. */
  private static final List<String> COMMON =
      List.of(
          "v",
          RESULT,
          "seed",
          "crawlId",
          "url",
          "status",
          "depth",
          "referrer",
          "fetchedAt",
          "elapsedMs");

  private SmallerRecord() {}

  /**
   * The next smaller one; empty where the record is one of a failure, which cannot be smaller.
   *
   * @param json by {@link PageRecordCodec}, or by this
   * @param attempts requests made for the URL
   */
  public static Optional<byte[]> of(byte[] json, int attempts) {
    try {
      ObjectNode record = (ObjectNode) JSON.readTree(json);
      if (isFailure(record)) {
        return Optional.empty();
      }
      return Optional.of(JSON.writeValueAsBytes(smaller(record, attempts)));
    } catch (IOException e) {
      throw new UncheckedIOException("a page's record is no JSON", e);
    }
  }

  /** Whether a record says that its URL failed. */
  public static boolean isFailure(byte[] json) {
    try {
      return isFailure(JSON.readTree(json));
    } catch (IOException e) {
      throw new UncheckedIOException("a page's record is no JSON", e);
    }
  }

  private static boolean isFailure(JsonNode record) {
    return record.path(RESULT).asText().equals("failed");
  }

  private static ObjectNode smaller(ObjectNode record, int attempts) {
    for (String part : PARTS) {
      if (isLarge(record.path(part))) {
        record.remove(part);
        record.withArray(CUT).add(part);
        return record;
      }
    }
    record.retain(COMMON);
    return record
        .put(RESULT, "failed")
        .put("reason", Reasons.RECORD_TOO_LARGE)
        .put("attempts", attempts);
  }

  private static boolean isLarge(JsonNode part) {
    return part.isTextual() ? !part.textValue().isEmpty() : !part.isEmpty();
  }
}
