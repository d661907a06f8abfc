package io.fcrawler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ControlCommandTest {
  private static final String A = TestingCrawls.crawl("a.example", "crawling", 1, 0, 2);
  private final TestingApi api = new TestingApi();
  private final TestingCli cli = new TestingCli(api);

  @AfterEach
  void close() {
    api.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pause", "resume", "cancel"})
  void sends_the_command_of_each_seed(String command) {
    api.on("POST /api/fcrawler/seed/a.example/" + command, 202, A);
    assertEquals(0, cli.run(command, "a.example"), cli.err());
    assertEquals("a.example  %s taken, was crawling\n".formatted(command), cli.out());
    assertEquals(0, cli.run(command, "a.example", "--json"));
    assertEquals(A + "\n", cli.out());
  }

  @Test
  void one_that_is_refused_does_not_keep_the_others() {
    api.refuse("POST /api/fcrawler/seed/b.example/pause", 409, "The crawl is done.");
    api.on("POST /api/fcrawler/seed/a.example/pause", 202, A);
    assertEquals(1, cli.run("pause", "b.example", "c.example", "a.example"));
    assertEquals("a.example  pause taken, was crawling\n", cli.out());
    assertEquals(
        """
        fcrawler: The crawl is done.
        fcrawler: no crawl of c.example is known; begin one with: fcrawler submit c.example
        """,
        cli.err());
  }

  @Test
  void an_api_that_can_not_answer_ends_it() {
    api.refuse("POST /api/fcrawler/seed/a.example/cancel", 503, "Kafka does not answer.");
    assertEquals(3, cli.run("cancel", "a.example", "b.example"));
    assertEquals(List.of("POST /api/fcrawler/seed/a.example/cancel"), api.requests());
    assertEquals(2, cli.run("cancel"));
  }
}
