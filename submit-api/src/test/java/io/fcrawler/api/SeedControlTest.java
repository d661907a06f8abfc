package io.fcrawler.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.command.Command.Cancel;
import io.fcrawler.command.Command.Pause;
import io.fcrawler.command.Command.Resume;
import io.fcrawler.testing.TestingHttp;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A seed's crawl is paused, resumed and cancelled. */
class SeedControlTest {
  private final TestingApi api = new TestingApi();

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void aCrawlIsPausedResumedAndCancelled() {
    api.opened("a.example");
    var crawl = api.log.opens().getFirst();

    assertEquals("crawling", controlled("a.example/pause"));
    assertEquals("paused", api.json("a.example").path("status").textValue());
    assertEquals("paused", controlled("A.example/resume"));
    assertEquals("crawling", api.json("a.example").path("status").textValue());
    assertEquals("crawling", controlled("a.example/cancel"));
    assertEquals("cancelled", api.json("a.example").path("status").textValue());
    assertEquals(
        List.of(
            crawl,
            new Pause(crawl.seed(), crawl.crawlId()),
            new Resume(crawl.seed(), crawl.crawlId()),
            new Cancel(crawl.seed(), crawl.crawlId())),
        api.log.commands());
  }

  @Test
  void aQueuedCrawlMayBePausedOrCancelled() {
    api.submitted("a.example");
    api.submitted("b.example");

    assertEquals("queued", controlledWithoutApplying("a.example/pause"));
    assertEquals("queued", controlled("b.example/cancel"));
    assertEquals("paused", api.json("a.example").path("status").textValue());
    assertEquals("cancelled", api.json("b.example").path("status").textValue());
  }

  @Test
  void whatMeansNothingIsRefused() {
    api.opened("a.example");
    assertRefused("crawling", "resumed", "a.example/resume");

    controlled("a.example/pause");
    assertRefused("paused", "paused", "a.example/pause");

    controlled("a.example/cancel");
    assertRefused("cancelled", "cancelled", "a.example/cancel");
    assertRefused("cancelled", "resumed", "a.example/resume");

    api.opened("b.example").finish();
    assertRefused("done", "paused", "b.example/pause");

    api.submitted("c.example");
    assertRefused("queued", "resumed", "c.example/resume");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/pause", "/resume", "/cancel"})
  void anUnknownSeedCannotBeControlled(String part) {
    TestingApi.problem(404, api.control("a.example" + part));
  }

  @Test
  void nothingIsControlledWhileRedisOrKafkaIsAway() {
    api.opened("a.example");
    api.log.away(true);
    assertTrue(
        TestingApi.problem(503, api.control("a.example/pause")).startsWith("Kafka does not"));

    api.store.away();
    assertTrue(
        TestingApi.problem(503, api.control("a.example/pause")).startsWith("Redis does not"));
  }

  private String controlled(String path) {
    String status = controlledWithoutApplying(path);
    api.log.applyTo(api.memory);
    return status;
  }

  /** Gives the status that is answered. */
  private String controlledWithoutApplying(String path) {
    HttpResponse<String> answer = api.control(path);
    assertEquals(202, answer.statusCode(), answer.body());
    return TestingHttp.json(answer).path("status").textValue();
  }

  private void assertRefused(String status, String done, String path) {
    int before = api.log.commands().size();
    String detail = TestingApi.problem(409, api.control(path));

    assertTrue(detail.endsWith(" is " + status + ", so it cannot be " + done + "."), detail);
    assertEquals(before, api.log.commands().size());
  }
}
