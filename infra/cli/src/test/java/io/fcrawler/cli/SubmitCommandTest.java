package io.fcrawler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SubmitCommandTest {
  private static final String SUBMIT = "POST /api/submit";
  private static final String QUEUED = TestingCrawls.crawl("a.example", "queued", 0, 0, 0);
  private static final String BULK_ACCEPTED =
      """
      {"domain":"A.example","verdict":"accepted","seed":"a.example","crawlId":"c-1","status":"queued"}\
      """;
  private static final String BULK_REJECTED =
      """
      {"domain":"http://","verdict":"rejected","detail":"domain has no host"}\
      """;
  private static final String BULK =
      """
      {"accepted":1,"existing":1,"rejected":1,"results":[%s,
       {"domain":"b.example","verdict":"existing","seed":"b.example","crawlId":"c-2","status":"crawling"},
       %s]}\
      """
          .formatted(BULK_ACCEPTED, BULK_REJECTED);

  private final TestingApi api = new TestingApi();
  private final TestingCli cli = new TestingCli(api);

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void one_domain_is_sent_alone() {
    api.on(SUBMIT, 202, QUEUED);
    assertEquals(0, cli.run("submit", "a.example"));
    assertEquals("a.example  accepted, queued  (crawl c-1)\n", cli.out());
    assertEquals(List.of("{\"domain\":\"a.example\"}"), api.bodies());
  }

  @Test
  void a_crawl_that_is_there_is_told_as_such() {
    api.on(SUBMIT, 200, TestingCrawls.crawl("a.example", "crawling", 1, 0, 2));
    assertEquals(0, cli.run("submit", "a.example"));
    assertEquals("a.example  existing, crawling  (crawl c-1)\n", cli.out());
  }

  @Test
  void one_domain_as_json_is_its_crawl() {
    api.on(SUBMIT, 202, QUEUED);
    assertEquals(0, cli.run("submit", "--json", "a.example"));
    assertEquals(QUEUED + "\n", cli.out());
  }

  @Test
  void every_option_reaches_the_api() {
    api.on(SUBMIT, 202, QUEUED);
    String line =
        "submit a.example --delay-ms 0 --connections-per-host 4 --max-pages 10 --max-depth=3"
            + " --include-subdomains --include x --include y --exclude \\.pdf$ --ignore-robots"
            + " --respect-nofollow";
    assertEquals(0, cli.run(line.split(" ", -1)), cli.err());
    assertEquals(
        """
        {"domain":"a.example","delayMs":0,"connectionsPerHost":4,"maxPages":10,"maxDepth":3,\
        "includeSubdomains":true,"include":["x","y"],"exclude":["\\\\.pdf$"],"ignoreRobots":true,\
        "respectNofollow":true}\
        """,
        api.bodies().getFirst());
  }

  @Test
  void several_domains_go_in_one_request_and_a_rejected_one_is_an_error() {
    api.on(SUBMIT, 202, BULK);
    assertEquals(1, cli.run("submit", "A.example", "b.example", "http://", "--max-pages=7"));
    assertEquals(
        List.of("{\"domains\":[\"A.example\",\"b.example\",\"http://\"],\"maxPages\":7}"),
        api.bodies());
    assertEquals(
        """
        a.example  accepted, queued  (crawl c-1)
        b.example  existing, crawling  (crawl c-2)
        """,
        cli.out());
    assertEquals("fcrawler: http://: domain has no host\n", cli.err());
  }

  @Test
  void several_domains_as_json_are_a_line_each() {
    api.on(SUBMIT, 202, BULK);
    assertEquals(1, cli.run("submit", "A.example", "b.example", "http://", "--json"));
    assertEquals(3, cli.lines().size());
    assertEquals(BULK_ACCEPTED, cli.lines().getFirst());
    assertEquals(BULK_REJECTED, cli.lines().getLast());
    assertEquals("", cli.err());
  }

  @Test
  void what_kafka_did_not_take_is_told_beside_what_it_took() {
    api.on(
        SUBMIT,
        202,
        """
        {"results":[%s,
         {"domain":"b.example","verdict":"unavailable","detail":"Kafka does not answer"}]}\
        """
            .formatted(BULK_ACCEPTED));
    assertEquals(3, cli.run("submit", "A.example", "b.example"));
    assertEquals("a.example  accepted, queued  (crawl c-1)\n", cli.out());
    assertEquals("fcrawler: b.example: Kafka does not answer\n", cli.err());
  }

  @Test
  void a_request_that_is_refused_keeps_the_others_from_nothing() {
    api.refuse(SUBMIT, 400, "none of 1000 domains can be taken");
    api.on(SUBMIT, 202, BULK);
    cli.input("bad\n".repeat(1000) + "A.example\nb.example\nhttp://");
    assertEquals(1, cli.run("submit", "--file=-"));
    assertEquals(2, api.bodies().size());
    assertTrue(cli.out().startsWith("a.example  accepted"), cli.out());
    assertTrue(cli.err().contains("none of 1000 domains"), cli.err());
  }

  @Test
  void domains_come_from_a_file_too(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("domains.txt");
    Files.writeString(file, "# mine\n\n b.example \r\nc.example");
    api.on(SUBMIT, 202, "{\"results\":[]}");
    assertEquals(0, cli.run("submit", "a.example", "--file", file.toString()));
    assertEquals(
        "{\"domains\":[\"a.example\",\"b.example\",\"c.example\"]}", api.bodies().getFirst());
  }

  @Test
  void domains_come_from_standard_input_in_requests_of_a_thousand() {
    api.on(SUBMIT, 202, "{\"results\":[]}");
    cli.input(
        IntStream.range(0, 2500)
            .mapToObj(i -> "d" + i + ".example")
            .collect(Collectors.joining("\n")));
    assertEquals(0, cli.run("submit", "--file=-"));
    assertEquals(3, api.bodies().size());
    assertTrue(api.bodies().getLast().endsWith("\"d2499.example\"]}"));
  }

  @Test
  void no_domain_or_no_file_is_wrong_usage() {
    assertEquals(2, cli.run("submit"));
    assertEquals("fcrawler: there is no domain: give some, or --file\n", cli.err());
    assertEquals(2, cli.run("submit", "--file", "/no/such/file"));
    assertTrue(cli.err().startsWith("fcrawler: --file /no/such/file can't be read"), cli.err());
    assertEquals(2, cli.run("submit", "a.example", "--max-pages", "many"));
    assertTrue(cli.err().contains("--max-pages"), cli.err());
    assertEquals(List.of(), api.requests());
  }

  @Test
  void what_the_api_refuses_is_told() {
    api.refuse(SUBMIT, 400, "delayMs must be from 0 to 3600000, not -1");
    assertEquals(1, cli.run("submit", "a.example", "--delay-ms=-1"));
    assertEquals("fcrawler: delayMs must be from 0 to 3600000, not -1\n", cli.err());
  }

  @Test
  void watch_waits_for_the_crawl_that_was_submitted_not_for_the_one_before() {
    api.on(SUBMIT, 202, QUEUED);
    api.on(
        "GET /api/fcrawler/seed/a.example",
        200,
        TestingCrawls.crawl("a.example", "c-0", "done", 9, 0, 9));
    api.on(
        "GET /api/fcrawler/seed/a.example", 200, TestingCrawls.crawl("a.example", "done", 4, 1, 5));
    assertEquals(0, cli.run("submit", "a.example", "--watch"));
    assertEquals(
        """
        a.example  accepted, queued  (crawl c-1)
        a.example  done  100%  4 crawled, 1 failed, 0 pending
        """,
        cli.out());
    assertEquals(1, cli.run("submit", "a.example", "--watch", "--strict"));
  }

  @Test
  void a_submission_that_is_never_seen_is_told_after_a_minute() {
    api.on(SUBMIT, 202, QUEUED);
    assertEquals(1, cli.run("submit", "a.example", "--watch"));
    assertTrue(cli.err().contains("is not to be seen; if it stays so, submit it again"), cli.err());
    assertEquals(60, cli.time().gone().toSeconds());
  }

  @Test
  void one_that_is_never_seen_does_not_keep_others_from_being_watched() {
    api.on(
        SUBMIT,
        202,
        """
        {"accepted":1,"existing":1,"rejected":0,"results":[
        {"domain":"b.example","verdict":"accepted","seed":"b.example","crawlId":"c-2","status":"queued"},
        {"domain":"a.example","verdict":"existing","seed":"a.example","crawlId":"c-1","status":"crawling"}]}
        """);
    api.on(
        "GET /api/fcrawler/seed/a.example", 200, TestingCrawls.crawl("a.example", "done", 4, 1, 5));
    assertEquals(1, cli.run("submit", "b.example", "a.example", "--watch"));
    assertTrue(
        cli.out().contains("a.example  done  100%  4 crawled, 1 failed, 0 pending"), cli.out());
    assertTrue(cli.err().contains("the crawl of b.example that was submitted"), cli.err());
    assertEquals(60, cli.time().gone().toSeconds());
  }
}
