package io.fcrawler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProgramTest {
  private final TestingApi api = new TestingApi();
  private final TestingCli cli = new TestingCli(api);

  @AfterEach
  void close() {
    api.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "submit",
        "status",
        "watch",
        "list",
        "failures",
        "excluded",
        "receipt",
        "workers",
        "pause",
        "resume",
        "cancel",
        "recrawl",
        "pages"
      })
  void every_command_has_help_that_tells_of_json_and_exit_codes(String command) {
    assertEquals(0, cli.run(command, "--help"));
    assertTrue(cli.out().startsWith("Usage: fcrawler " + command + " "), cli.out());
    assertTrue(cli.out().contains("--json"), cli.out());
    assertTrue(cli.out().contains("\nExit codes:\n  0   "), cli.out());
    assertTrue(cli.out().contains("\n  3   "), cli.out());
    assertEquals("", cli.err());
    assertEquals(0, cli.run("--help"));
    assertTrue(cli.out().contains("\n  " + command + " "), cli.out());
  }

  @Test
  void tells_its_version() {
    assertEquals(0, cli.run("--version"));
    assertTrue(cli.out().startsWith("fcrawler "), cli.out());
  }

  @Test
  void wrong_usage_is_one_line_that_says_where_help_is() {
    assertEquals(2, cli.run());
    assertEquals("fcrawler: a command is missing (see fcrawler --help)\n", cli.err());
    assertEquals(2, cli.run("statsu", "x"));
    assertTrue(cli.err().endsWith("did you mean status? (see fcrawler --help)\n"), cli.err());
    assertEquals(2, cli.run("submit", "a.example", "--dely-ms=3"));
    assertEquals(
        "fcrawler: Unknown option: '--dely-ms=3'; did you mean --delay-ms? (see fcrawler submit --help)\n",
        cli.err());
    assertEquals(2, cli.run("status"));
    assertEquals(1, cli.err().lines().count(), cli.err());
  }

  @Test
  void the_option_for_the_url_goes_before_the_variable() {
    api.on("GET /api/fcrawler/workers", 200, "{\"workers\":[]}");
    TestingCli elsewhere = new TestingCli("http://127.0.0.1:1");
    assertEquals(3, elsewhere.run("workers"));
    assertEquals(0, elsewhere.run("workers", "--url", api.url() + "/"), elsewhere.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://a.example", "a.example:3001", "http://", "h ttp", "127.0.0.1:3001"})
  void a_url_that_is_none_is_wrong_usage(String url) {
    assertEquals(2, cli.run("workers", "--url", url));
    assertEquals(
        "fcrawler: the API's URL must be like http://127.0.0.1:3001, not " + url + "\n", cli.err());
  }

  @Test
  void an_unknown_host_is_not_reachable() {
    assertEquals(3, cli.run("workers", "--url", "http://no-such-host.invalid"));
    assertTrue(cli.err().contains("(unknown host)"), cli.err());
  }
}
