package io.fcrawler.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fcrawler.command.Command.Cancel;
import io.fcrawler.command.Command.Open;
import io.fcrawler.command.Command.Pause;
import io.fcrawler.command.Command.Resume;
import io.fcrawler.seed.BadInputException;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.Seed;
import io.fcrawler.seed.StartParser;
import io.fcrawler.url.CrawlUrl;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Commands as JSON, in the log and in the store.
 *
 * <pre>{@code
 * {"v":1, "type":"open", "seed":"example.com", "crawlId":"0195…", "saw":"0194…",
 *  "startUrl":"https://example.com/", "tryHttp":true, "options":{…},
 *  "submittedAt":"2026-01-01T00:00:00Z"}
 * {"v":1, "type":"pause", "seed":"example.com", "crawlId":"0195…"}
 * }</pre>
 *
 * Types are {@code open}, {@code pause}, {@code resume} and {@code cancel}; {@code saw} may be
 * absent. A record's key is its seed. Whatever a later version adds raises {@code v}, so that an
 * earlier one refuses it and does not read half of it.
 */
public final class CommandCodec {
  private static final int VERSION = 1;
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
  private static final Set<String> FIELDS = Set.of("v", "type", "seed", "crawlId");
  private static final Set<String> OPEN_FIELDS =
      union(FIELDS, Set.of("saw", "startUrl", "tryHttp", "options", "submittedAt"));
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private CommandCodec() {}

  /** The key of the command's record. */
  public static String key(Command command) {
    return command.seed().id();
  }

  public static String toJson(Command command) {
    ObjectNode json = JSON.createObjectNode();
    json.put("v", VERSION).put("type", type(command));
    json.put("seed", command.seed().id()).put("crawlId", command.crawlId().value());
    if (command instanceof Open open) {
      open.saw().ifPresent(saw -> json.put("saw", saw.value()));
      json.put("startUrl", open.startUrl()).put("tryHttp", open.tryHttp());
      json.set("options", options(open.options()));
      json.put("submittedAt", open.submittedAt().toString());
    }
    return json.toString();
  }

  /**
   * An option that 0.1.0 does not know, and would refuse, is written only where it says something.
   */
  private static JsonNode options(CrawlOptions options) {
    ObjectNode json = OptionsJson.write(options);
    return options.respectNofollow() ? json : json.without("respectNofollow");
  }

  /** Reads a record of the log, of which key or value may be absent. */
  public static Command read(byte @Nullable [] key, byte @Nullable [] value)
      throws MalformedCommandException {
    if (key == null || value == null) {
      throw malformed("the record has no " + (key == null ? "key" : "value"));
    }
    Command command = read(text("value", value));
    String seed = text("key", key);
    if (!command.seed().id().equals(seed)) {
      throw malformed("the record's key is not its seed, " + command.seed());
    }
    return command;
  }

  /** Reads what this program wrote itself; anything else there is a bug, or damage. */
  public static Command fromJson(String json) {
    try {
      return read(json);
    } catch (MalformedCommandException e) {
      throw new IllegalStateException("a stored command is damaged: " + e.getMessage(), e);
    }
  }

  /** Reads the value of a record, or what is stored. */
  public static Command read(String json) throws MalformedCommandException {
    try {
      JsonNode node = JSON.readTree(json);
      if (!node.isObject()) {
        throw malformed("the value is no JSON object");
      }
      return command(node);
    } catch (JsonProcessingException e) {
      throw new MalformedCommandException("the value is no JSON: " + e.getOriginalMessage(), e);
    } catch (BadInputException e) {
      throw new MalformedCommandException(String.valueOf(e.getMessage()), e);
    }
  }

  private static String type(Command command) {
    return switch (command) {
      case Open open -> "open";
      case Pause pause -> "pause";
      case Resume resume -> "resume";
      case Cancel cancel -> "cancel";
    };
  }

  private static Command command(JsonNode json) throws MalformedCommandException {
    checkVersion(json.path("v"));
    String type = text(json, "type");
    checkFields(json, type.equals("open") ? OPEN_FIELDS : FIELDS);
    Seed seed = seed(text(json, "seed"));
    CrawlId crawlId = crawlId(json, "crawlId");
    return switch (type) {
      case "open" -> open(json, seed, crawlId);
      case "pause" -> new Pause(seed, crawlId);
      case "resume" -> new Resume(seed, crawlId);
      case "cancel" -> new Cancel(seed, crawlId);
      default -> throw malformed("type is none of open, pause, resume, cancel");
    };
  }

  private static void checkVersion(JsonNode version) throws MalformedCommandException {
    if (!version.isInt() || version.intValue() < 1) {
      throw malformed("v is no version number");
    }
    if (version.intValue() > VERSION) {
      throw malformed(
          "v is %d, but this program knows versions up to %d only"
              .formatted(version.intValue(), VERSION));
    }
  }

  private static void checkFields(JsonNode json, Set<String> known)
      throws MalformedCommandException {
    for (var field : json.properties()) {
      if (!known.contains(field.getKey())) {
        throw malformed("a field is none of " + known.stream().sorted().toList());
      }
    }
  }

  private static Open open(JsonNode json, Seed seed, CrawlId crawlId)
      throws MalformedCommandException {
    return new Open(
        seed,
        crawlId,
        json.has("saw") ? Optional.of(crawlId(json, "saw")) : Optional.empty(),
        startUrl(text(json, "startUrl"), seed),
        tryHttp(json.path("tryHttp")),
        options(json.path("options")),
        submittedAt(text(json, "submittedAt")));
  }

  private static String startUrl(String url, Seed seed) throws MalformedCommandException {
    Optional<CrawlUrl> parsed = CrawlUrl.parse(url).filter(start -> start.value().equals(url));
    if (parsed.isEmpty() || parsed.get().tooLong()) {
      throw malformed("startUrl is no normalised URL");
    }
    if (!parsed.get().authority().equals(seed.id())) {
      throw malformed("startUrl is not of the seed, " + seed);
    }
    return url;
  }

  private static boolean tryHttp(JsonNode json) throws MalformedCommandException {
    if (!json.isBoolean()) {
      throw malformed("tryHttp is neither true nor false");
    }
    return json.booleanValue();
  }

  private static CrawlOptions options(JsonNode json) throws MalformedCommandException {
    if (!json.isObject()) {
      throw malformed("options is no JSON object");
    }
    checkFields(json, Set.copyOf(OptionsJson.FIELDS));
    return OptionsJson.read(json);
  }

  private static Seed seed(String id) throws MalformedCommandException {
    Seed seed = StartParser.parse(id).seed();
    if (!seed.id().equals(id)) {
      throw malformed("seed is not normalised; " + seed + " would be");
    }
    return seed;
  }

  private static CrawlId crawlId(JsonNode json, String field) throws MalformedCommandException {
    try {
      return new CrawlId(text(json, field));
    } catch (IllegalArgumentException e) {
      throw new MalformedCommandException(field + " is no UUID in its canonical form", e);
    }
  }

  private static Instant submittedAt(String text) throws MalformedCommandException {
    try {
      Instant time = Instant.parse(text);
      if (time.isAfter(Instant.EPOCH) && time.isBefore(LATEST)) {
        return time;
      }
    } catch (DateTimeException e) {
      throw new MalformedCommandException("submittedAt is no time in ISO 8601", e);
    }
    throw malformed("submittedAt is no time from 1970 to 9999");
  }

  private static String text(JsonNode json, String field) throws MalformedCommandException {
    JsonNode node = json.path(field);
    if (!node.isTextual()) {
      throw malformed(field + " is " + (node.isMissingNode() ? "absent" : "no string"));
    }
    return node.textValue();
  }

  private static String text(String what, byte[] utf8) throws MalformedCommandException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedCommandException("the record's " + what + " is no UTF-8", e);
    }
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    Set<String> all = new HashSet<>(some);
    all.addAll(others);
    return Set.copyOf(all);
  }

  private static MalformedCommandException malformed(String reason) {
    return new MalformedCommandException(reason, null);
  }
}
