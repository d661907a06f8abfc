package io.fcrawler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.cli.text.TerminalSize;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WatchCommandTest {
  private static final String A = "GET /api/fcrawler/seed/a.example";
  private static final String B = "GET /api/fcrawler/seed/b.example";
  private final TestingApi api = new TestingApi();
  private final TestingCli cli = new TestingCli(api);

  @AfterEach
  void close() {
    api.close();
  }

  private void answer(String request, String status, int crawled, int failed, int total) {
    String seed = request.substring(request.lastIndexOf('/') + 1);
    api.on(request, 200, TestingCrawls.crawl(seed, status, crawled, failed, total));
  }

  @Test
  void prints_lines_until_all_are_finished() {
    answer(A, "crawling", 1, 0, 4);
    answer(A, "done", 4, 0, 4);
    answer(B, "queued", 0, 0, 0);
    answer(B, "crawling", 1, 0, 2);
    answer(B, "done", 1, 1, 2);
    assertEquals(0, cli.run("watch", "a.example", "b.example"));
    assertEquals(
        """
        a.example  crawling  25%  1 crawled, 0 failed, 3 pending  34.2/s  1:05 left
        b.example  queued  0%  0 crawled, 0 failed, 0 pending
        a.example  done  100%  4 crawled, 0 failed, 0 pending
        b.example  crawling  50%  1 crawled, 0 failed, 1 pending  34.2/s  1:05 left
        b.example  done  100%  1 crawled, 1 failed, 0 pending
        """,
        cli.out());
    assertEquals(2, api.requests().stream().filter(A::equals).count());
    assertEquals(2, cli.time().gone().toSeconds());
  }

  @Test
  void lines_of_one_status_are_five_seconds_apart() {
    for (int crawled = 0; crawled <= 10; crawled++) {
      answer(A, "crawling", crawled, 0, 20);
    }
    answer(A, "done", 20, 0, 20);
    assertEquals(0, cli.run("watch", "a.example"));
    assertEquals(4, cli.lines().size(), cli.out());
    assertTrue(cli.lines().get(1).contains("5 crawled"), cli.out());
  }

  @Test
  void json_has_a_line_for_each_change() {
    answer(A, "crawling", 1, 0, 4);
    answer(A, "crawling", 1, 0, 4);
    answer(A, "done", 4, 0, 4);
    assertEquals(0, cli.run("watch", "a.example", "--json"));
    assertEquals(2, cli.lines().size(), cli.out());
    assertEquals(
        TestingCrawls.crawl("a.example", "done", 4, 0, 4), cli.lines().getLast(), cli.out());
  }

  @Test
  void draws_bars_in_a_terminal() {
    answer(A, "crawling", 10, 0, 20);
    answer(A, "done", 20, 0, 20);
    cli.terminal(new TerminalSize(24, 90));
    assertEquals(0, cli.run("watch", "a.example"));
    assertTrue(
        cli.out()
            .contains(
                "a.example [###############...............]  50%    34.2/s     1:05 left  10/20  crawling\n"),
        cli.out());
    assertTrue(
        cli.out()
            .endsWith(
                "\u001b[1F\u001b[Ja.example  done  100%  20 crawled, 0 failed, 0 pending\n\u001b[?7h"),
        cli.out());
  }

  @Test
  void the_exit_code_tells_how_crawls_ended() {
    answer(A, "done", 3, 1, 4);
    assertEquals(0, cli.run("watch", "a.example"));
    assertEquals(1, cli.run("watch", "a.example", "--strict"));
    answer(B, "done", 0, 1, 1);
    assertEquals(1, cli.run("watch", "b.example"));
    answer("GET /api/fcrawler/seed/c.example", "cancelled", 3, 0, 4);
    assertEquals(1, cli.run("watch", "a.example", "c.example"));
  }

  @Test
  void an_api_that_goes_away_is_waited_for() {
    answer(A, "crawling", 1, 0, 4);
    api.refuse(A, 503, "Redis does not answer.");
    api.refuse(A, 503, "Redis does not answer.");
    answer(A, "done", 4, 0, 4);
    assertEquals(0, cli.run("watch", "a.example"));
    assertEquals(
        "fcrawler: the API can't answer now: Redis does not answer. (trying again for a minute)\n",
        cli.err());
  }

  @Test
  void an_api_that_stays_away_ends_it_after_a_minute() {
    answer(A, "crawling", 1, 0, 4);
    api.refuse(A, 503, "Redis does not answer.");
    assertEquals(3, cli.run("watch", "a.example"));
    assertEquals(60, cli.time().gone().toSeconds());
  }

  @Test
  void an_api_that_was_never_there_ends_it_at_once() {
    api.refuse(A, 503, "Redis does not answer.");
    assertEquals(3, cli.run("watch", "a.example"));
    assertEquals(0, cli.time().gone().toSeconds());
  }

  @Test
  void an_unknown_seed_ends_it() {
    assertEquals(1, cli.run("watch", "a.example"));
    assertTrue(cli.err().contains("no crawl of a.example is known"), cli.err());
    assertEquals(2, cli.run("watch"));
  }
}
