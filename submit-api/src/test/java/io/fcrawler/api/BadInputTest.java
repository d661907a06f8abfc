package io.fcrawler.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.testing.TestingHttp;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
class BadInputTest {
  private static final String OK = "{\"domain\":\"a.example\"}";

  /** A body, the field that is named, and a part of what is said of it. */
  private static final String BODIES =
      """
      {}|domain|domain is missing; give a string such as "example.com"
      {"domain":null}|domain|domain is no string
      {"domain":7}|domain|domain is no string
      {"domain":["a.example"]}|domain|domain is no string
      {"domain":""}|domain|domain is empty; give one such as example.com
      {"domain":"  "}|domain|domain is empty; give one such as example.com
      {"domain":"http://"}|domain|has no host; give one such as example.com
      {"domain":"https://user:pw@a.example/"}|domain|has user info; leave out what is before the @
      {"domain":"user@a.example"}|domain|has user info; leave out what is before the @
      {"domain":"http://[::1"}|domain|broken IPv6 address; write one in brackets
      {"domain":"[1::2::3]"}|domain|broken IPv6 address; write one in brackets
      {"domain":"a.example:99999"}|domain|a port that is not a number from 1 to 65535
      {"domain":"a.example:0"}|domain|a port that is not a number from 1 to 65535
      {"domain":"ftp://a.example/"}|domain|neither an http nor an https URL
      {"domain":"javascript:alert(1)"}|domain|a port that is not a number
      {"domain":"a example"}|domain|white space
      {"domain":"a.example\\u0000"}|domain|control characters
      {"domain":"a\\ud800.example"}|domain|characters other than letters
      {"domain":"a..example"}|domain|an empty part between dots
      {"domain":"{a}.example"}|domain|characters other than letters
      {"domain":"256.1.1.1"}|domain|no IPv4 address
      {"domain":"a.example","maxPages":-1}|maxPages|at least 1, not -1; leave it out for no limit
      {"domain":"a.example","maxPages":0}|maxPages|at least 1, not 0
      {"domain":"a.example","maxPages":1.5}|maxPages|must be a whole number, not the number 1.5
      {"domain":"a.example","maxPages":"7"}|maxPages|must be a whole number, not a string
      {"domain":"a.example","maxPages":null}|maxPages|must be a whole number, not null
      {"domain":"a.example","maxPages":99999999999999999999}|maxPages|a whole number below 2^63
      {"domain":"a.example","maxPages":1e400}|maxPages|must be a whole number
      {"domain":"a.example","maxDepth":-1}|maxDepth|at least 0, not -1; leave it out for no limit
      {"domain":"a.example","maxDepth":2147483648}|maxDepth|at least 0, not 2147483648
      {"domain":"a.example","delayMs":-1}|delayMs|from 0 to 3600000, not -1
      {"domain":"a.example","delayMs":3600001}|delayMs|from 0 to 3600000, not 3600001
      {"domain":"a.example","connectionsPerHost":0}|connectionsPerHost|from 1 to 64, not 0
      {"domain":"a.example","connectionsPerHost":4294967297}|connectionsPerHost|from 1 to 64
      {"domain":"a.example","includeSubdomains":"yes"}|includeSubdomains|true or false, not a string
      {"domain":"a.example","includeSubdomains":1}|includeSubdomains|true or false, not the number 1
      {"domain":"a.example","ignoreRobots":true}|ignoreRobots|not allowed on this server
      {"domain":"a.example","respectNofollow":"yes"}|respectNofollow|true or false, not a string
      {"domain":"a.example","respectnofollow":true}|respectnofollow|did you mean respectNofollow?
      {"domain":"a.example","include":"/a/"}|include|a list of patterns, not a string
      {"domain":"a.example","include":[7]}|include|a list of patterns, each a string, not the number 7
      {"domain":"a.example","include":["(unclosed"]}|include|RE2 patterns
      {"domain":"a.example","exclude":["(?=lookahead)"]}|exclude|RE2 patterns
      {"domain":"a.example","exclude":["((a{1000}){1000}){1000}"]}|exclude|fewer or simpler patterns
      {"domain":"a.example","maxpages":7}|maxpages|did you mean maxPages?
      {"domain":"a.example","max_pages":7}|max_pages|did you mean maxPages?
      {"domain":"a.example","maxPage":7}|maxPage|did you mean maxPages?
      {"domain":"a.example","delay":7}|delay|did you mean delayMs?
      {"domian":"a.example"}|domian|did you mean domain?
      {"domain":"a.example","colour":"red"}|colour|"colour" is not a known field. The fields are domain, domains, maxPages
      {"domain":"a.example","domain":"b.example"}|body|Duplicate field 'domain'
      {"domain":"a.example"|body|not JSON
      {"domain":"a.example"} {}|body|not JSON
      {'domain':'a.example'}|body|not JSON
      {domain:"a.example"}|body|not JSON
      {"domain":"a.example",}|body|not JSON
      {"domain":NaN}|body|not JSON
      "a.example"|body|not a JSON object
      ["a.example"]|body|not a JSON object
      null|body|not a JSON object
      domain=a.example|body|not JSON
      """;

  private final TestingApi api = new TestingApi();

  @BeforeAll
  void submit() {
    api.submitted("known.example");
  }

  @AfterAll
  void stop() {
    assertEquals(1, api.log.commands().size(), "bad input must leave nothing");
    api.close();
  }

  static Stream<Arguments> bodies() {
    return BODIES.lines().map(line -> Arguments.of((Object[]) line.split("\\|", 3)));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void badBodiesAreRefusedWithTheFieldAndWhatWouldBeRight(
      String body, String field, String detail) {
    assertBad(field, detail, api.submit(body));
  }

  @Test
  void anEmptyBodyIsRefused() {
    assertBad("body", "not a JSON object", api.submit(""));
  }

  @Test
  void whatIsTooLongIsRefused() {
    String host = "a".repeat(63) + "." + "b".repeat(63) + ".";
    assertBad("domain", "a host of 300 characters", domain(host.repeat(2) + "x".repeat(44)));
    assertBad("domain", "more than 63 characters between dots", domain("a".repeat(64) + ".com"));
    assertBad("domain", "at most 2048", domain("a.example/" + "x".repeat(3000)));
    String pattern = "\"" + "a".repeat(1001) + "\"";
    assertBad(
        "exclude",
        "at most 1000 characters",
        api.submit("{\"domain\":\"a.example\",\"exclude\":[" + pattern + "]}"));
    String patterns = "\"a\",".repeat(100) + "\"a\"";
    assertBad(
        "exclude",
        "at most 100 patterns",
        api.submit("{\"domain\":\"a.example\",\"exclude\":[" + patterns + "]}"));
    String name = "x".repeat(40_000);
    HttpResponse<String> answer = api.submit("{\"" + name + "\":1}");
    assertBad(name.substring(0, 100), "is not a known field", answer);
    assertTrue(answer.body().length() < 1000);
  }

  @ParameterizedTest
  @ValueSource(ints = {33, 1000, 500_000})
  void deepNestingIsRefused(int depth) {
    String deep = "[".repeat(depth) + "]".repeat(depth);

    assertBad("body", "not JSON", api.submit("{\"domain\":" + deep + "}"));
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    byte[] body = OK.replace("a.", "ä.").getBytes(StandardCharsets.ISO_8859_1);

    assertBad("body", "not JSON", api.http.send(request(BodyPublishers.ofByteArray(body))));
  }

  @Test
  void aBodyOverAMebibyteIsRefused() {
    byte[] body = ("{\"domain\":\"" + "a".repeat(1 << 20) + "\"}").getBytes(StandardCharsets.UTF_8);
    BodyPublisher whole = BodyPublishers.ofByteArray(body);
    BodyPublisher chunked = BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(body));

    for (BodyPublisher publisher : List.of(whole, chunked)) {
      assertEquals(
          "The body is larger than 1048576 bytes.",
          TestingApi.problem(413, api.http.send(request(publisher))));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "text/json", "multipart/form-data", ";"})
  void anotherContentTypeIsRefused(String type) {
    HttpRequest.Builder request =
        api.http
            .request("/api/submit")
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(OK));

    assertEquals(
        "The body must be JSON, sent with Content-Type: application/json; or domains, one on each"
            + " line, with Content-Type: text/plain.",
        TestingApi.problem(415, api.http.send(request)));
  }

  @Test
  void noContentTypeIsRefused() {
    HttpRequest.Builder request = api.http.request("/api/submit").POST(BodyPublishers.ofString(OK));

    TestingApi.problem(415, api.http.send(request));
  }

  @Test
  void aContentEncodingIsRefused() {
    HttpRequest.Builder request =
        request(BodyPublishers.ofString(OK)).header("Content-Encoding", "gzip");

    assertEquals(
        "The body must be sent without a Content-Encoding.",
        TestingApi.problem(415, api.http.send(request)));
  }

  @ParameterizedTest
  @CsvSource({
    "a..example, seed has a host with an empty part between dots",
    "http%3A%2F%2F, seed has no host; give one such as example.com",
    "u%40a.example, seed has user info; leave out what is before the @",
    "%20, seed is empty; give one such as example.com",
    "a.example%3A99999, seed has a port that is not a number from 1 to 65535",
    "%7Ba%7D, seed has a host with characters other than letters",
  })
  void aBadSeedIsRefused(String seed, String detail) {
    assertBad("seed", detail, api.get(seed));
    for (String part : List.of("/failures", "/excluded", "/receipt", "/crawls")) {
      assertBad("seed", detail, api.get(seed + part));
    }
    for (String part : List.of("/pause", "/resume", "/cancel")) {
      assertBad("seed", detail, api.control(seed + part));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1001", "-1", "x", "", "1.5", "99999999999", "%D9%A1"})
  void aBadLimitIsRefused(String limit) {
    assertBad(
        "limit",
        "limit must be a whole number from 1 to 1000",
        api.get("known.example/failures?limit=" + limit));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "!!!", "%00", "aHR0cDovL2gv%3D", "aHR0cDovL0g"})
  void aBadCursorIsRefused(String cursor) {
    assertBad(
        "cursor",
        "cursor is not one that the listing before gave",
        api.get("known.example/failures?cursor=" + cursor));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Robots", "a%20b", "http-404", "%0A", "%D9%A1"})
  void aBadReasonIsRefused(String reason) {
    for (String listing : List.of("failures", "excluded")) {
      assertBad(
          "reason",
          "reason must be a word as it is listed, such as http_404 or robots",
          api.get("known.example/" + listing + "?reason=" + reason));
    }
  }

  @Test
  void noBodyEverGetsAServerError() {
    long seed = Long.getLong("fcrawler.test.seed", System.nanoTime());
    System.out.println("BadInputTest: -Dfcrawler.test.seed=" + seed);
    Random random = new Random(seed);
    List<String> good =
        List.of(OK, "{\"domain\":\"http://[::1]:80/ä?b\",\"include\":[\"a|(b){2,3}\"]}");
    for (int i = 0; i < 1000; i++) {
      StringBuilder body = new StringBuilder(good.get(random.nextInt(good.size())));
      for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
        char c = (char) (random.nextBoolean() ? random.nextInt(128) : random.nextInt(65_536));
        body.setCharAt(random.nextInt(body.length()), c);
      }
      // A capital first, so that no mutant is a submission.
      HttpResponse<String> answer = api.submit(body.insert(1, "\"Domain\":1,").toString());

      assertEquals(400, answer.statusCode(), body + " " + answer.body());
    }
  }

  private HttpResponse<String> domain(String domain) {
    return api.submit("{\"domain\":\"" + domain + "\"}");
  }

  private HttpRequest.Builder request(BodyPublisher body) {
    return api.http
        .request("/api/submit")
        .header("Content-Type", "application/json; charset=utf-8")
        .POST(body);
  }

  private static void assertBad(String field, String detail, HttpResponse<String> answer) {
    String said = TestingApi.problem(400, answer);
    assertTrue(said.contains(detail), said);
    assertEquals(field, TestingHttp.json(answer).path("field").textValue());
  }
}
