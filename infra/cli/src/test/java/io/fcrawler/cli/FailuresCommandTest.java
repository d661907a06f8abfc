package io.fcrawler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FailuresCommandTest {
  private static final String FAILURES = "GET /api/fcrawler/seed/a.example/failures?limit=1000";
  private static final String ONE =
      """
      {"url":"http://a.example/x","reason":"http_404","httpStatus":404,"attempts":1,\
      "referrer":"http://a.example/","time":"2026-11-20T19:36:46.481Z"}\
      """;
  private static final String TWO =
      """
      {"url":"http://a.example/y","reason":"timeout","attempts":4,"time":"2026-11-20T19:36:46Z"}\
      """;
  private final TestingApi api = new TestingApi();
  private final TestingCli cli = new TestingCli(api);

  @AfterEach
  void close() {
    api.close();
  }

  private void answerInTwoParts() {
    String head = "{\"seed\":\"a.example\",\"failures\":[%s]";
    api.on(FAILURES, 200, head.formatted(ONE) + ",\"cursor\":\"abc\"}");
    api.on(FAILURES + "&cursor=abc", 200, head.formatted(TWO) + "}");
  }

  @Test
  void lists_all_parts() {
    answerInTwoParts();
    assertEquals(0, cli.run("failures", "a.example"), cli.err());
    assertEquals(
        """
        http_404              1 attempt   http://a.example/x  (on http://a.example/)
        timeout               4 attempts  http://a.example/y
        """,
        cli.out());
  }

  @Test
  void lists_json_one_failure_a_line() {
    answerInTwoParts();
    assertEquals(0, cli.run("failures", "--json", "a.example"), cli.err());
    assertEquals(List.of(ONE, TWO), cli.lines());
  }

  @Test
  void asks_for_one_reason() {
    api.on(
        FAILURES + "&reason=timeout", 200, "{\"seed\":\"a.example\",\"failures\":[" + TWO + "]}");
    assertEquals(0, cli.run("failures", "a.example", "--reason", "timeout"), cli.err());
    assertEquals("timeout               4 attempts  http://a.example/y\n", cli.out());
  }

  @Test
  void lists_what_was_kept_out() {
    api.on(
        "GET /api/fcrawler/seed/a.example/excluded?limit=1000&reason=robots",
        200,
        """
        {"seed":"a.example","excluded":[{"url":"http://a.example/p","reason":"robots"}]}\
        """);
    assertEquals(0, cli.run("excluded", "--reason=robots", "a.example"), cli.err());
    assertEquals("robots                http://a.example/p\n", cli.out());
  }

  @Test
  void an_unknown_seed_is_an_error() {
    assertEquals(1, cli.run("failures", "b.example"));
    assertEquals(
        "fcrawler: no crawl of b.example is known; begin one with: fcrawler submit b.example\n",
        cli.err());
  }
}
