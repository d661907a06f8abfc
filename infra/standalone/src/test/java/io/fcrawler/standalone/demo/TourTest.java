package io.fcrawler.standalone.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TourTest {
  private final TestingScreen screen = new TestingScreen(100);
  private final CountDownLatch stopAsked = new CountDownLatch(1);
  private DemoSite site;

  @BeforeEach
  void serve() throws IOException {
    site = DemoSite.start();
  }

  @AfterEach
  void close() throws IOException {
    site.close();
  }

  @Test
  void itShowsTheCrawlUntilItIsDoneAndSumsItUp() throws Exception {
    SiteFacts facts = site.facts();
    int crawled = facts.total() - facts.failing();
    String done = progress("done", facts.total(), crawled, facts.failing(), facts.disallowed());
    try (TestingApi api =
        new TestingApi(
            List.of(progress("queued", 1, 0, 0, 0), progress("crawling", 100, 50, 0, 0), done),
            failures(facts.failing()))) {
      assertTrue(tour(api).take());

      assertTrue(api.submission().contains("http://" + site.authority() + "/"), api.submission());
      assertTrue(api.submission().contains("\"delayMs\":0"), api.submission());
      assertEquals(1, screen.statuses.size());
      assertTrue(screen.statuses.getFirst().contains(" 50 %"), screen.statuses.getFirst());
      assertTrue(screen.says("100 %") && screen.says("receipt   clean"), screen.text());
    }
  }

  @Test
  void wrongNumbersAreToldAndNotRight() throws Exception {
    try (TestingApi api = new TestingApi(List.of(progress("done", 2, 2, 0, 0)), failures(0))) {
      assertFalse(tour(api).take());
      assertTrue(screen.says("DIFFERS"), screen.text());
    }
  }

  @Test
  void itEndsWhenAskedTo() throws Exception {
    try (TestingApi api = new TestingApi(List.of(progress("crawling", 2, 1, 0, 0)), failures(0))) {
      stopAsked.countDown();

      assertFalse(tour(api).take());
      assertFalse(screen.says("receipt"), screen.text());
    }
  }

  @Test
  void anAnswerThatIsNoneIsToldWithItsStatus() throws Exception {
    try (TestingApi api = new TestingApi(List.of(""), failures(0))) {
      String message = assertThrows(IOException.class, () -> tour(api).take()).toString();

      assertTrue(message.contains("HTTP 503 without a reason"), message);
    }
  }

  private Tour tour(TestingApi api) {
    return new Tour(site, api.address(), screen, stopAsked);
  }

  private static String progress(String status, int total, int crawled, int failed, int excluded) {
    return TestingProgress.json("site:80", status, total, crawled, failed, excluded, 1000);
  }

  private static String failures(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{\"url\":\"u\",\"reason\":\"http_404\"}")
        .collect(Collectors.joining(",", "{\"failures\":[", "]}"));
  }

  private record TestingScreen(int columns, List<String> lines, List<String> statuses)
      implements Screen {
    TestingScreen(int columns) {
      this(columns, new ArrayList<>(), new ArrayList<>());
    }

    @Override
    public void line(String text) {
      lines.add(text);
    }

    @Override
    public void status(String text) {
      statuses.add(text);
    }

    boolean says(String text) {
      return lines.stream().anyMatch(line -> line.contains(text));
    }

    String text() {
      return String.join("\n", lines);
    }
  }
}
