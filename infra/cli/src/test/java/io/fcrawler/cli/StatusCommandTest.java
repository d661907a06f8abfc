package io.fcrawler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StatusCommandTest {
  private static final String CRAWL = TestingCrawls.crawl("a.example", "crawling", 40, 1, 100);
  private final TestingApi api = new TestingApi();
  private final TestingCli cli = new TestingCli(api);

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void tells_all_of_a_crawl_in_lines() {
    api.on("GET /api/fcrawler/seed/a.example", 200, CRAWL);
    assertEquals(0, cli.run("status", "a.example"));
    assertEquals(
        """
        seed       a.example
        crawl      c-1
        status     crawling, 41% of 100 URLs
        crawled    40
        failed     1
        pending    59, 2 in flight
        excluded   5
        received   8.3 KiB
        rate       34.2/s
        left       1:05
        submitted  2026-11-20T19:36:46.481Z
        updated    2026-11-20T19:36:50Z
        options    delayMs=200
        """,
        cli.out());
  }

  @Test
  void names_the_hosts_that_hold_a_crawl_up() {
    String hosts =
        """
        "troubledHosts":[
        {"host":"a.example","state":"parked","reason":"http_503","failures":19,"until":"2026-11-20T19:40:00Z"},
        {"host":"b.a.example","state":"given_up","reason":"timeout","failures":31}],"total":\
        """;
    api.on("GET /api/fcrawler/seed/a.example", 200, CRAWL.replaceFirst("\"total\":", hosts));
    assertEquals(0, cli.run("status", "a.example"));
    assertTrue(
        cli.out()
            .contains(
                """
                trouble    a.example parked: http_503, tried again at 2026-11-20T19:40:00Z
                trouble    b.a.example given_up: timeout
                """),
        cli.out());
  }

  @Test
  void names_the_workers_that_claim_nothing() {
    String workers =
        """
        "troubledWorkers":[{"id":"ab12","host":"h:1","reason":"there is no topic"}],"total":\
        """;
    api.on("GET /api/fcrawler/seed/a.example", 200, CRAWL.replaceFirst("\"total\":", workers));
    assertEquals(0, cli.run("status", "a.example"));
    assertTrue(cli.out().contains("trouble    worker ab12: there is no topic\n"), cli.out());
  }

  @Test
  void tells_what_differs_in_a_damaged_crawl_and_what_to_do() {
    String damaged =
        """
        "damaged":{"since":"2026-11-20T19:40:00Z","differences":["total is 3, but …","failed is 1, but …"],\
        "remedy":"Cancel it."},"total":\
        """;
    api.on("GET /api/fcrawler/seed/a.example", 200, CRAWL.replaceFirst("\"total\":", damaged));
    assertEquals(0, cli.run("status", "a.example"));
    assertTrue(
        cli.out()
            .contains(
                """
                damaged    total is 3, but …
                damaged    failed is 1, but …
                           Cancel it.
                """),
        cli.out());
  }

  @Test
  void prints_the_json_as_it_is() {
    api.on("GET /api/fcrawler/seed/a.example", 200, CRAWL);
    assertEquals(0, cli.run("status", "a.example", "--json"));
    assertEquals(CRAWL + "\n", cli.out());
  }

  @Test
  void sends_a_seed_in_any_spelling() {
    api.on("GET /api/fcrawler/seed/https%3A%2F%2Fa.example%2Fd%20e%3F", 200, CRAWL);
    assertEquals(0, cli.run("status", "https://a.example/d e?"), cli.err());
  }

  @Test
  void tells_of_an_unknown_seed_how_to_begin_it() {
    assertEquals(1, cli.run("status", "b.example"));
    assertEquals(
        "fcrawler: no crawl of b.example is known; begin one with: fcrawler submit b.example\n",
        cli.err());
    assertEquals("", cli.out());
  }

  @Test
  void tells_a_problems_detail() {
    api.refuse("GET /api/fcrawler/seed/b..example", 400, "seed has an empty label");
    assertEquals(1, cli.run("status", "b..example"));
    assertEquals("fcrawler: seed has an empty label\n", cli.err());
  }

  @Test
  void a_redis_that_is_away_is_not_reachable() {
    api.refuse("GET /api/fcrawler/seed/a.example", 503, "Redis does not answer.");
    assertEquals(3, cli.run("status", "a.example"));
    assertEquals("fcrawler: the API can't answer now: Redis does not answer.\n", cli.err());
  }

  @Test
  void another_server_is_asked_about() {
    api.on("GET /api/fcrawler/seed/a.example", 404, "text/html", "<p>Not found");
    assertEquals(1, cli.run("status", "a.example"));
    assertTrue(
        cli.err()
            .matches(
                "fcrawler: http://\\S+ answers HTTP 404 without a reason; is this fcrawler's API\\?\n"),
        cli.err());
    api.on("GET /api/fcrawler/seed/b.example", 200, "text/html", "<p>Hello");
    assertEquals(1, cli.run("status", "b.example"));
    assertTrue(cli.err().contains("the answer is no JSON object"), cli.err());
    api.on("GET /api/fcrawler/seed/c.example", 200, "{}");
    assertEquals(1, cli.run("status", "c.example"));
    assertTrue(cli.err().contains("the answer has no \"seed\""), cli.err());
  }

  @Test
  void an_api_that_is_not_there_is_told_with_what_to_do() {
    api.close();
    assertEquals(3, cli.run("status", "a.example"));
    assertEquals(
        "fcrawler: the API at %s is not reachable (connection refused): start it with scripts/standalone.sh or docker-compose, or say where it is with --url or FCRAWLER_URL\n"
            .formatted(api.url()),
        cli.err());
  }

  @Test
  void control_characters_do_not_reach_the_terminal() {
    api.on("GET /api/fcrawler/seed/x", 200, CRAWL.replace("a.example", "a\\u001b[31m"));
    assertEquals(0, cli.run("status", "x"));
    assertTrue(cli.out().startsWith("seed       a?[31m\n"), cli.out());
  }
}
