package io.fcrawler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ReceiptCommandTest {
  private static final String REQUEST = "GET /api/fcrawler/seed/a.example/receipt";
  private static final String CLEAN =
      """
      {"seed":"a.example","crawlId":"c-1","status":"done","total":311,"crawled":301,"failed":10,\
      "excluded":0,"queued":0,"delayed":0,"inFlight":0,"fingerprints":311,"listedFailures":10,\
      "listedExclusions":0,"verdict":"clean","differences":[]}\
      """;
  private static final String DIFFERS =
      CLEAN.replace(
          "\"clean\",\"differences\":[]",
          "\"differs\",\"differences\":[\"total is 311, not 312\"]");
  private final TestingApi api = new TestingApi();
  private final TestingCli cli = new TestingCli(api);

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void a_clean_receipt_is_fine() {
    api.on(REQUEST, 200, CLEAN);
    assertEquals(0, cli.run("receipt", "a.example"));
    assertEquals(14, cli.lines().size());
    assertTrue(cli.out().contains("\ntotal            311\n"), cli.out());
    assertEquals("verdict          clean", cli.lines().getLast());
  }

  @Test
  void one_that_differs_is_told_by_the_exit_code() {
    api.on(REQUEST, 200, DIFFERS);
    assertEquals(1, cli.run("receipt", "a.example"));
    assertTrue(
        cli.out().endsWith("verdict          differs\n                 total is 311, not 312\n"),
        cli.out());
  }

  @Test
  void json_has_the_same_exit_code() {
    api.on(REQUEST, 200, CLEAN);
    assertEquals(0, cli.run("receipt", "a.example", "--json"));
    assertEquals(CLEAN + "\n", cli.out());
    api.on("GET /api/fcrawler/seed/b.example/receipt", 200, DIFFERS);
    assertEquals(1, cli.run("receipt", "b.example", "--json"));
    assertEquals(DIFFERS + "\n", cli.out());
  }
}
