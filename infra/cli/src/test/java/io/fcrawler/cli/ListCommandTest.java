package io.fcrawler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ListCommandTest {
  private static final String A = TestingCrawls.crawl("a.example", "crawling", 41, 1, 100);
  private static final String B = TestingCrawls.crawl("b.example", "done", 3, 0, 3);
  private static final String SEEDS = "GET /api/fcrawler/seeds?limit=";
  private final TestingApi api = new TestingApi();
  private final TestingCli cli = new TestingCli(api);

  @AfterEach
  void close() {
    api.close();
  }

  private void answerInTwoParts(String limit) {
    api.on(SEEDS + limit, 200, "{\"seeds\":[%s],\"cursor\":\"x y\"}".formatted(A));
    api.on(SEEDS + limit + "&cursor=x%20y", 200, "{\"seeds\":[%s]}".formatted(B));
  }

  @Test
  void lists_all_parts_as_a_table() {
    answerInTwoParts("100");
    assertEquals(0, cli.run("list"), cli.err());
    assertEquals(
        """
        STATUS         TOTAL    CRAWLED   FAILED             RATE      LEFT  SEED
        crawling         100         41        1   42%     34.2/s      1:05  a.example
        done               3          3        0  100%          -         -  b.example
        """,
        cli.out());
  }

  @Test
  void lists_json_one_crawl_a_line() {
    answerInTwoParts("100");
    assertEquals(0, cli.run("list", "--json"));
    assertEquals(List.of(A, B), cli.lines());
  }

  @Test
  void a_limit_ends_the_listing() {
    answerInTwoParts("1");
    assertEquals(0, cli.run("list", "--json", "--limit", "1"));
    assertEquals(List.of(A), cli.lines());
    assertEquals(1, api.requests().size());
  }

  @Test
  void status_and_query_are_left_to_the_api() {
    api.on("GET /api/fcrawler/seeds?status=done&q=a%26b&limit=100", 200, "{\"seeds\":[]}");
    assertEquals(0, cli.run("list", "--status", "done", "--query", "a&b"), cli.err());
    assertEquals("", cli.out());
    api.refuse("GET /api/fcrawler/seeds?status=over&limit=100", 400, "status must be one of ...");
    assertEquals(1, cli.run("list", "--status", "over"));
    assertEquals("fcrawler: status must be one of ...\n", cli.err());
  }

  @Test
  void a_limit_of_nothing_is_wrong_usage() {
    assertEquals(2, cli.run("list", "--limit", "0"));
    assertTrue(cli.err().contains("--limit must be at least 1"), cli.err());
  }
}
