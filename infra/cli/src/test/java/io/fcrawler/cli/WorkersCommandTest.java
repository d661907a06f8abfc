package io.fcrawler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WorkersCommandTest {
  private static final String REQUEST = "GET /api/fcrawler/workers";
  private static final String ONE =
      """
      {"id":"w-1","host":"box","version":"0.1.0","startedAt":"2026-11-20T19:00:00Z",\
      "heartbeatAt":"2026-11-20T19:36:46.481Z","alive":true,"lanes":12,"slots":22,\
      "pagesPerSecond":10.5,"inFlight":3,"heapUsedBytes":104857600,"heapMaxBytes":1073741824}\
      """;
  private static final String TWO = "{\"id\":\"w-2\",\"alive\":false}";
  private final TestingApi api = new TestingApi();
  private final TestingCli cli = new TestingCli(api);

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void lists_workers_whatever_of_them_is_known() {
    api.on(REQUEST, 200, "{\"workers\":[%s,%s]}".formatted(ONE, TWO));
    assertEquals(0, cli.run("workers"));
    assertEquals(
        """
        ALIVE  LANES  SLOTS       RATE  INFLIGHT        HEAP    MAX HEAP  VERSION   HEARTBEAT                 WORKER
        yes       12     22     10.5/s         3   100.0 MiB     1.0 GiB  0.1.0     2026-11-20T19:36:46.481Z  w-1 on box
        NO         -      -          -         -           -           -  -         -                         w-2
        """,
        cli.out());
  }

  @Test
  void lists_json_one_worker_a_line() {
    api.on(REQUEST, 200, "{\"workers\":[%s,%s]}".formatted(ONE, TWO));
    assertEquals(0, cli.run("workers", "--json"));
    assertEquals(List.of(ONE, TWO), cli.lines());
  }

  @Test
  void an_api_without_workers_is_an_error() {
    assertEquals(1, cli.run("workers"));
    assertTrue(cli.err().contains("not scripted"), cli.err());
  }
}
