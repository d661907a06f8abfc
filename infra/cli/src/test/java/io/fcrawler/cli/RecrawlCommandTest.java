package io.fcrawler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RecrawlCommandTest {
  private static final String FOUND = "{\"commands\":12,\"oldest\":\"2026-11-20T19:36:46Z\"}";
  private final TestingApi api = new TestingApi();
  private final TestingCli cli = new TestingCli(api);

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void tells_what_begins_anew() {
    api.on("POST /api/fcrawler/recrawl", 200, FOUND);
    assertEquals(0, cli.run("recrawl"), cli.err());
    assertEquals(
        "all is crawled anew: 12 commands, the oldest of 2026-11-20T19:36:46Z\n", cli.out());
    assertEquals(0, cli.run("recrawl", "--json"));
    assertEquals(FOUND + "\n", cli.out());
  }

  @Test
  void where_no_worker_waits_it_is_refused() {
    api.refuse("POST /api/fcrawler/recrawl", 409, "No worker waits.");
    assertEquals(1, cli.run("recrawl"));
    assertEquals("fcrawler: No worker waits.\n", cli.err());
  }
}
