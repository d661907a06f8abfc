package io.fcrawler.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The answer to a submission of many domains, kept as text from the first, as there may be a
 * hundred thousand of them. Not thread-safe.
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
    counts.merge(verdict, 1, Integer::sum);
    if (results.size() > 0) {
      results.write(',');
    }
    results.writeBytes(result.toString().getBytes(StandardCharsets.UTF_8));
    JsonNode detail = result.path("detail");
    firstDetail = firstDetail.or(() -> Optional.ofNullable(detail.textValue()));
  }

  int count(Verdict verdict) {
    return counts.getOrDefault(verdict, 0);
  }

  /** Of all verdicts. */
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

  /** An object with the number of each verdict, and {@code results} in order; in UTF-8. */
  byte[] json() {
    ByteArrayOutputStream json = new ByteArrayOutputStream(results.size() + 200);
    json.write('{');
    for (Verdict verdict : Verdict.values()) {
      String count = "\"%s\":%d,".formatted(verdict.word(), count(verdict));
      json.writeBytes(count.getBytes(StandardCharsets.UTF_8));
    }
    json.writeBytes("\"results\":[".getBytes(StandardCharsets.UTF_8));
    json.writeBytes(results.toByteArray());
    json.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
    return json.toByteArray();
  }
}
