package io.fcrawler.store.redis;

import io.fcrawler.command.Command.Open;
import io.fcrawler.command.CommandCodec;
import io.fcrawler.command.Position;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.Damage;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The fields of a seed's {@code meta} hash. */
record Meta(Map<String, String> fields) {
  /** From HGETALL's answer: fields and values in turn. */
  static Meta of(List<?> fieldsAndValues) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < fieldsAndValues.size(); i += 2) {
      map.put((String) fieldsAndValues.get(i), (String) fieldsAndValues.get(i + 1));
    }
    return new Meta(map);
  }

  /** Whether the seed has a crawl; without one, at most {@code applied} is there. */
  boolean opened() {
    return has("crawlId");
  }

  boolean has(String field) {
    return fields.containsKey(field);
  }

  CrawlId crawlId() {
    return new CrawlId(text("crawlId"));
  }

  CrawlStatus status() {
    return CrawlStatus.ofWord(text("status"));
  }

  /** The command that opened the crawl, with its options. */
  Open open() {
    return (Open) CommandCodec.fromJson(text("open"));
  }

  Optional<Position> applied() {
    return Optional.ofNullable(fields.get("applied")).map(Position::parse);
  }

  long number(String field) {
    return Long.parseLong(text(field));
  }

  Optional<Instant> instant(String field) {
    return has(field) ? Optional.of(Instant.ofEpochMilli(number(field))) : Optional.empty();
  }

  /** The words of a field, which are separated by spaces. */
  Set<String> words(String field) {
    return wordsOf(fields.getOrDefault(field, ""));
  }

  static Set<String> wordsOf(String text) {
    return text.isEmpty() ? Set.of() : Set.of(text.split(" "));
  }

  Optional<Damage> damage() {
    return has("damaged")
        ? Optional.of(
            new Damage(text("damaged").lines().toList(), Instant.ofEpochMilli(number("damagedAt"))))
        : Optional.empty();
  }

  private String text(String field) {
    return Optional.ofNullable(fields.get(field))
        .orElseThrow(() -> new IllegalStateException("a seed's meta has no " + field));
  }
}
