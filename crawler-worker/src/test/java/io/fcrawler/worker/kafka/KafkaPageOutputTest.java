package io.fcrawler.worker.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.seed.CrawlId;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.Entry;
import io.fcrawler.testing.Eventually;
import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.FetchOutcome.Fetched;
import io.fcrawler.worker.fetch.HttpMeta;
import io.fcrawler.worker.page.PageOutput.Delivery;
import io.fcrawler.worker.page.PageRecord;
import io.fcrawler.worker.parse.PageParser;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Step by step: each answer of Kafka, and each thing that is to be done later. */
@Timeout(600)
final class KafkaPageOutputTest {
  private static final Duration NOW = Duration.ZERO;
  private static final String DENIED =
      "Kafka does not let this program's user write to fcrawler.pages";

  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final AtomicLong nowNs = new AtomicLong();
  private final Steps steps = new Steps();
  private final AtomicInteger made = new AtomicInteger();
  private final KafkaPageOutput output =
      new KafkaPageOutput(producer, 1 << 20, nowNs::get, steps, made::incrementAndGet);

  /** Tasks that are to run later, one at a time. */
  private static final class Steps implements Later {
    final List<Duration> delays = new ArrayList<>();
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    @Override
    public void after(Duration delay, Runnable task) {
      delays.add(delay);
      tasks.add(task);
    }

    void run() {
      tasks.remove().run();
    }

    @Override
    public void close() {
      tasks.clear();
    }
  }

  private CompletableFuture<Delivery> put(String path) throws InterruptedException {
    CrawlUrl url = CrawlUrl.parse("https://a.example/" + path).orElseThrow();
    String html = "<title>T</title><h1>H</h1><p>Text <a href=/b>b</a>";
    byte[] body = html.getBytes(StandardCharsets.UTF_8);
    Fetched fetched =
        new Fetched(url, 200, HttpMeta.ofType("text/html"), body, false, 9, NOW, Instant.EPOCH);
    return output.put(
        PageRecord.page(
            new CrawlRef(new Seed("a.example"), CrawlId.next(Instant.EPOCH, new Random(1))),
            Entry.link(7, url.value(), 2, ""),
            fetched,
            new PageParser("fcrawler").parse(url, fetched.meta(), body)));
  }

  private void refuse(RuntimeException why) {
    assertTrue(producer.errorNext(why), "a record is under way");
  }

  private List<String> sent() {
    return producer.history().stream()
        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void aRecordIsDeliveredWhenItIsAcknowledged() throws InterruptedException {
    CompletableFuture<Delivery> delivery = put("a");
    assertFalse(delivery.isDone());
    assertEquals(1, output.waiting());
    producer.completeNext();
    assertEquals(Delivery.DELIVERED, delivery.join());
    assertEquals(0, output.waitingBytes());
    assertEquals(List.of(), steps.delays, "what goes well needs no other thread");
  }

  @Test
  void oneThatIsTooLargeIsCutPartByPartAndInTheEndSaysThatItsUrlFailed()
      throws InterruptedException {
    CompletableFuture<Delivery> delivery = put("a");
    for (String cut :
        List.of("\"text\"", "\"text\",\"outlinks\"", "\"text\",\"outlinks\",\"headings\"")) {
      refuse(new RecordTooLargeException("too large"));
      steps.run();
      assertTrue(sent().getLast().contains("\"cut\":[" + cut + "]"), sent().getLast());
    }
    refuse(new RecordTooLargeException("too large"));
    steps.run();
    String failure = sent().getLast();
    assertTrue(failure.contains("\"result\":\"failed\""), failure);
    assertTrue(failure.contains("\"reason\":\"record_too_large\",\"attempts\":1"), failure);
    assertFalse(failure.contains("title"), failure);
    producer.completeNext();
    assertEquals(Delivery.TOO_LARGE, delivery.join());
    assertEquals(Optional.empty(), output.fault());
    assertEquals(0, output.waiting());
  }

  @Test
  void whereEvenThatIsTooLargeTheUrlFailsWithoutARecord() throws InterruptedException {
    CompletableFuture<Delivery> delivery = put("a");
    for (int i = 0; i < 5; i++) {
      refuse(new RecordTooLargeException("too large"));
      steps.run();
    }
    assertEquals(Delivery.TOO_LARGE, delivery.join());
    assertEquals(0, output.waiting());
  }

  @Test
  void oneThatIsRefusedIsTriedAgainAtGrowingIntervalsAndTheOthersOnceItIsTaken()
      throws InterruptedException {
    List<CompletableFuture<Delivery>> deliveries = List.of(put("a"), put("b"), put("c"));
    for (int i = 0; i < 3; i++) {
      refuse(new TopicAuthorizationException("no"));
    }
    assertEquals(Optional.of(DENIED), output.fault());
    for (int tries = 1; tries <= 8; tries++) {
      steps.run();
      assertEquals(3 + tries, sent().size(), "one record is tried");
      refuse(new TopicAuthorizationException("no"));
    }
    assertEquals(
        List.of(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L),
        steps.delays.stream().map(Duration::toSeconds).toList());
    steps.run();
    producer.completeNext();
    assertEquals(Optional.empty(), output.fault());
    steps.run();
    producer.completeNext();
    producer.completeNext();
    deliveries.forEach(delivery -> assertEquals(Delivery.DELIVERED, delivery.join()));
    assertEquals(0, made.get(), "the topic is there");
  }

  @Test
  void whileThereIsAFaultCallersWait() throws Exception {
    CompletableFuture<Delivery> first = put("a");
    refuse(new TopicAuthorizationException("no"));
    CompletableFuture<CompletableFuture<Delivery>> second = new CompletableFuture<>();
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                second.complete(put("b"));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Eventually.holds("it waits", () -> caller.getState() == Thread.State.WAITING);
    assertEquals(1, output.waiting());
    steps.run();
    producer.completeNext();
    assertEquals(Delivery.DELIVERED, first.join());
    caller.join();
    producer.completeNext();
    assertEquals(Delivery.DELIVERED, second.join().join());
  }

  @Test
  void anAbsentTopicIsNamedAndMade() throws InterruptedException {
    CompletableFuture<Delivery> delivery = put("a");
    refuse(new TimeoutException("in vain", new UnknownTopicOrPartitionException("absent")));
    assertEquals(Optional.of("there is no topic fcrawler.pages"), output.fault());
    steps.run();
    assertEquals(1, made.get());
    producer.completeNext();
    assertEquals(Delivery.DELIVERED, delivery.join());
  }

  @Test
  void aRecordThatWaitsForLongIsReasonToLookWhetherTheTopicIsThere() throws InterruptedException {
    CompletableFuture<Delivery> delivery = put("a");
    output.watch();
    assertEquals(List.of(), steps.delays);
    nowNs.addAndGet(Duration.ofSeconds(6).toNanos());
    producer.partitionsForException = new TimeoutException("no answer");
    output.watch();
    steps.run();
    assertEquals(Optional.empty(), output.fault(), "Kafka is away, which is told elsewhere");
    producer.partitionsForException =
        new TimeoutException("in vain", new UnknownTopicOrPartitionException("absent"));
    output.watch();
    output.watch();
    steps.run();
    assertEquals(Optional.of("there is no topic fcrawler.pages"), output.fault());
    assertEquals(List.of(NOW, NOW, Duration.ofSeconds(1)), steps.delays, "one look at a time");
    producer.partitionsForException = null;
    steps.run();
    assertEquals(Optional.empty(), output.fault());
    producer.completeNext();
    assertEquals(Delivery.DELIVERED, delivery.join());
  }

  @Test
  void whatIsNotDeliveredWhenItIsClosedFails() throws InterruptedException {
    CompletableFuture<Delivery> delivery = put("a");
    refuse(new TopicAuthorizationException("no"));
    output.close();
    assertTrue(delivery.isCompletedExceptionally());
  }
}
