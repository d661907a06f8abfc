package io.fcrawler.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * The verdicts on many domains: their numbers, and as text those that were not taken yet. Not
 * thread-safe.
 */
final class Verdicts {
  private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
  private final ByteArrayOutputStream results = new ByteArrayOutputStream();
  private Optional<String> firstDetail = Optional.empty();

  /** What became of a domain. */
  enum Verdict {
    /** A new crawl. */
    ACCEPTED,
    /** The seed's crawl, which is not finished. */
    EXISTING,
    /** No domain. */
    REJECTED,
    /** Not taken, but may be at another attempt. */
    UNAVAILABLE;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  void add(Verdict verdict, ObjectNode result) {
    if (size() > 0) {
      results.write(',');
    }
    counts.merge(verdict, 1, Integer::sum);
    results.writeBytes(result.toString().getBytes(StandardCharsets.UTF_8));
    JsonNode detail = result.path("detail");
    firstDetail = firstDetail.or(() -> Optional.ofNullable(detail.textValue()));
  }

  int count(Verdict verdict) {
    return counts.getOrDefault(verdict, 0);
  }

  /** The number of all verdicts. */
  int size() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  boolean anyAccepted() {
    return count(Verdict.ACCEPTED) > 0;
  }

  /** Domains that have a crawl now. */
  int taken() {
    return count(Verdict.ACCEPTED) + count(Verdict.EXISTING);
  }

  /** Why the first domain was not taken that was not. */
  String firstDetail() {
    return firstDetail.orElse("");
  }

  /**
   * Takes the results that were added since the last call, in order: elements of a JSON array,
   * deflated, as there may be many megabytes of much the same.
   */
  byte[] takeResults() {
    ByteArrayOutputStream taken = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try (DeflaterOutputStream stream = new DeflaterOutputStream(taken, deflater)) {
      results.writeTo(stream);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    } finally {
      deflater.end();
    }
    results.reset();
    return taken.toByteArray();
  }

  /** The number of each verdict: members of a JSON object. */
  String counts() {
    StringBuilder json = new StringBuilder(80);
    for (Verdict verdict : Verdict.values()) {
      json.append(json.isEmpty() ? "" : ",");
      json.append('"').append(verdict.word()).append("\":").append(count(verdict));
    }
    return json.toString();
  }
}
