package io.fcrawler.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.command.Command.Cancel;
import io.fcrawler.command.Command.Open;
import io.fcrawler.command.Command.Pause;
import io.fcrawler.command.Command.Resume;
import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.Seed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CommandCodecTest {
  private static final CrawlId CRAWL = new CrawlId("019566b1-7b91-7aaa-8bbb-0123456789ab");
  private static final CrawlId FORMER = new CrawlId("019566b1-0000-7aaa-8bbb-0123456789ab");
  private static final Seed SEED = new Seed("example.com");
  private static final String OPEN =
      """
      {"v":1,"type":"open","seed":"example.com","crawlId":"019566b1-7b91-7aaa-8bbb-0123456789ab",\
      "saw":"019566b1-0000-7aaa-8bbb-0123456789ab","startUrl":"https://example.com/a?b",\
      "tryHttp":true,"options":{"maxPages":7,"maxDepth":3,"includeSubdomains":true,"delayMs":0,\
      "connectionsPerHost":4,"include":["/a/"],"exclude":["b$","c"],"ignoreRobots":true,\
      "respectNofollow":true},\
      "submittedAt":"2026-01-02T03:04:05.678Z"}\
      """;
  private static final String PAUSE =
      """
      {"v":1,"type":"pause","seed":"example.com",\
      "crawlId":"019566b1-7b91-7aaa-8bbb-0123456789ab"}\
      """;

  /** The part of a good record that is replaced, what stands there then, and the reason. */
  private static final String REFUSALS =
      """
      "v":1|"v":2|v is 2, but this program knows versions up to 1 only
      "v":1|"v":0|v is no version number
      "v":1|"v":"1"|v is no version number
      "v":1,||v is no version number
      "type":"open"|"type":"opne"|a field is none of [crawlId, seed, type, v]
      "type":"open"|"type":7|type is no string
      "type":"open",||type is absent
      "tryHttp"|"tryhttp"|a field is none of [crawlId, options, saw, seed, startUrl, submittedAt, tryHttp, type, v]
      "seed":"example.com",||seed is absent
      "seed":"example.com"|"seed":"Example.com"|seed is not normalised; example.com would be
      "seed":"example.com"|"seed":"https://example.com/"|seed is not normalised; example.com would be
      "seed":"example.com"|"seed":"u@example.com"|domain has user info; leave out what is before the @
      "seed":"example.com"|"seed":"example.org"|startUrl is not of the seed, example.org
      89ab","saw"|89AB","saw"|crawlId is no UUID in its canonical form
      "saw":"019566b1-|"saw":"x-|saw is no UUID in its canonical form
      https://example.com/a|https://example.com:443/a|startUrl is no normalised URL
      https://example.com/a|/a|startUrl is no normalised URL
      true,"options"|1,"options"|tryHttp is neither true nor false
      {"maxPages":7|[{"maxPages":7|the value is no JSON:
      "options":{"maxPages":7|"options":7,"x":{"y":7|a field is none of [crawlId, options, saw,
      "maxPages":7|"maxPages":-1|maxPages must be a whole number, at least 1, not -1; leave it out for no limit
      "maxPages":7|"maxPages":"7"|maxPages must be a whole number, not a string
      "maxPages":7|"maxpages":7|a field is none of [connectionsPerHost, delayMs, exclude, ignoreRobots,
      "maxDepth":3|"maxDepth":2147483648|maxDepth must be a whole number, at least 0, not 2147483648;
      "delayMs":0|"delayMs":3600001|delayMs must be a whole number from 0 to 3600000, not 3600001
      "connectionsPerHost":4|"connectionsPerHost":4294967297|connectionsPerHost must be a whole number from 1 to 64,
      "include":["/a/"]|"include":["("]|include takes RE2 patterns such as
      "include":["/a/"]|"include":[7]|include must be a list of patterns, each a string, not the number 7
      2026-01-02T|2026-13-02T|submittedAt is no time in ISO 8601
      "2026-01-02T|"+1000000000-12-31T|submittedAt is no time from 1970 to 9999
      "v":1|"v":1,"v":1|the value is no JSON: Duplicate field 'v'
      678Z"}|678Z"} {}|the value is no JSON:
      678Z"}|678Z"|the value is no JSON:
      {"v"|["v"|the value is no JSON:
      """;

  static List<Command> commands() {
    CrawlOptions options =
        new CrawlOptions(7, 3, true, 0, 4, List.of("/a/"), List.of("b$", "c"), true, true);
    return List.of(
        new Open(
            SEED, CRAWL, Optional.of(FORMER), "https://example.com/a?b", true, options, time()),
        new Open(
            new Seed("[::1]:8088"),
            CRAWL,
            Optional.empty(),
            "http://[::1]:8088/",
            false,
            CrawlOptions.DEFAULT,
            time()),
        new Pause(SEED, CRAWL),
        new Resume(SEED, CRAWL),
        new Cancel(SEED, CRAWL));
  }

  @Test
  void whatAnOlderProgramDoesNotKnowIsWrittenOnlyWhereItSaysSomething() {
    List<String> opens =
        commands().stream().filter(Open.class::isInstance).map(CommandCodec::toJson).toList();
    assertTrue(opens.getFirst().contains("\"respectNofollow\":true"), opens.getFirst());
    String last = opens.getLast();
    assertTrue(
        last.contains(
            "\"options\":{\"includeSubdomains\":false,\"delayMs\":1000,"
                + "\"connectionsPerHost\":1,\"include\":[],\"exclude\":[],"
                + "\"ignoreRobots\":false},"),
        last);
  }

  static Stream<Arguments> refusals() {
    return REFUSALS.lines().map(line -> Arguments.of((Object[]) line.split("\\|", 3)));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void whatIsWrittenIsReadBack(Command command) throws MalformedCommandException {
    String json = CommandCodec.toJson(command);

    assertEquals(command, CommandCodec.fromJson(json));
    assertEquals(command, CommandCodec.read(utf8(CommandCodec.key(command)), utf8(json)));
  }

  @Test
  void theWrittenFormIsFixed() {
    assertEquals(OPEN, CommandCodec.toJson(commands().getFirst()));
    assertEquals(PAUSE, CommandCodec.toJson(new Pause(SEED, CRAWL)));
  }

  @Test
  void aDamagedStoredCommandIsABug() {
    assertThrows(IllegalStateException.class, () -> CommandCodec.fromJson("{}"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whatIsNoCommandIsRefusedWithTheReason(String part, String instead, String reason) {
    String json = OPEN.replace(part, instead);

    assertRefused(reason, json);
  }

  @Test
  void whatIsNoObjectIsRefused() {
    assertRefused("the value is no JSON object", "");
    assertRefused("the value is no JSON object", "[1]");
    assertRefused("the value is no JSON object", "null");
    assertRefused("the value is no JSON: ", "junk");
    assertRefused("the value is no JSON: ", "[".repeat(100_000));
    assertRefused("the value is no JSON: ", "1".repeat(100_000));
  }

  @Test
  void anUnknownTypeIsRefused() {
    assertRefused("type is none of open, pause, resume, cancel", PAUSE.replace("pause", "opne"));
  }

  @Test
  void aRecordWithoutKeyOrValueIsRefused() {
    assertEquals("the record has no key", refusal(null, utf8(PAUSE)));
    assertEquals("the record has no value", refusal(utf8("example.com"), null));
  }

  @Test
  void aRecordOfAnotherKeyIsRefused() {
    assertEquals(
        "the record's key is not its seed, example.com", refusal(utf8("a.example"), utf8(PAUSE)));
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    byte[] broken = {(byte) 0xc3};

    assertEquals("the record's value is no UTF-8", refusal(utf8("example.com"), broken));
    assertEquals("the record's key is no UTF-8", refusal(broken, utf8(PAUSE)));
  }

  private static Instant time() {
    return Instant.parse("2026-01-02T03:04:05.678Z");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String refusal(byte @Nullable [] key, byte @Nullable [] value) {
    return String.valueOf(
        assertThrows(MalformedCommandException.class, () -> CommandCodec.read(key, value))
            .getMessage());
  }

  private static void assertRefused(String reason, String json) {
    String message =
        String.valueOf(
            assertThrows(MalformedCommandException.class, () -> CommandCodec.read(json))
                .getMessage());
    assertEquals(reason, message.substring(0, Math.min(reason.length(), message.length())));
  }
}
