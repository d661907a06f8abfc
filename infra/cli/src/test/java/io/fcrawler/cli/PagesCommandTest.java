package io.fcrawler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class PagesCommandTest {
  private final TestingCli cli = new TestingCli("http://127.0.0.1:1");

  @Test
  void a_maximum_of_nothing_is_wrong_usage() {
    assertEquals(2, cli.run("pages", "--max", "0"));
    assertTrue(cli.err().contains("--max must be at least 1"), cli.err());
  }

  @Test
  void a_kafka_that_can_not_be_is_told_with_what_to_do() {
    assertEquals(3, cli.run("pages", "--kafka", "nowhere"));
    assertEquals(1, cli.err().lines().count(), cli.err());
    assertTrue(cli.err().startsWith("fcrawler: Kafka can't be at nowhere ("), cli.err());
    assertTrue(cli.err().contains("--kafka or KAFKA_BOOTSTRAP_SERVERS"), cli.err());
  }
}
