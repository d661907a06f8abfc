package io.fcrawler.cli.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.cli.TestingCrawls;
import io.fcrawler.cli.TestingOutput;
import io.fcrawler.cli.text.TerminalSize;
import io.fcrawler.client.Crawl;
import io.fcrawler.client.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BarsViewTest {
  private final TestingOutput output = new TestingOutput();

  private static Crawl crawl(String seed, String status, int crawled, int failed, int total) {
    return new Crawl(JsonObject.parse(TestingCrawls.crawl(seed, status, crawled, failed, total)));
  }

  @Test
  void bars_stand_in_columns_of_one_width() {
    BarsView view = new BarsView(output.output(), new TerminalSize(24, 80));
    view.show(crawl("a.example", "crawling", 1, 0, 2));
    view.show(crawl("longer.example", "crawling", 1000, 234, 5000));
    view.endRound();
    List<String> lines = output.lines();
    assertEquals(
        "\u001b[?7la.example      [##...]  50%    34.2/s     1:05 left  1/2  crawling",
        lines.get(0));
    assertEquals(
        "longer.example [#....]  24%    34.2/s     1:05 left  1234/5000, 234 failed  crawling",
        lines.get(1));
  }

  @Test
  void a_frame_is_never_higher_than_the_terminal() {
    BarsView view = new BarsView(output.output(), new TerminalSize(4, 80));
    for (int i = 0; i < 9; i++) {
      view.show(crawl("s" + i, "queued", 0, 0, 0));
    }
    view.endRound();
    assertEquals(4, output.lines().size(), output.out());
    assertEquals("and 7 more", output.lines().get(2));
    view.endRound();
    assertTrue(output.out().contains("\u001b[3F\u001b[J"), output.out());
  }

  @Test
  void bars_begin_anew_below_what_else_was_written() {
    BarsView view = new BarsView(output.output(), new TerminalSize(24, 80));
    view.show(crawl("a.example", "queued", 0, 0, 0));
    view.endRound();
    view.leave();
    view.endRound();
    assertFalse(output.out().contains("\u001b[J"), output.out());
    view.endRound();
    assertTrue(output.out().contains("\u001b[1F\u001b[J"), output.out());
  }

  @Test
  void a_long_seed_is_cut_and_can_not_move_the_cursor() {
    BarsView view = new BarsView(output.output(), new TerminalSize(24, 120));
    view.show(crawl("x".repeat(50), "paused", 1, 0, 2));
    view.show(crawl("a\\u001b[9Fb", "paused", 1, 0, 2));
    view.endRound();
    assertTrue(output.out().contains("x".repeat(38) + ".. ["), output.out());
    assertTrue(output.out().contains("\na?[9Fb "), output.out());
  }
}
