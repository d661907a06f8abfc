package io.fcrawler.worker.kafka;

import io.fcrawler.config.KafkaSettings;
import io.fcrawler.kafka.TopicMismatchException;
import io.fcrawler.kafka.Topics;
import io.fcrawler.worker.page.PageOutput;
import io.fcrawler.worker.page.PageRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Page records in Kafka. A record is safe when all in-sync replicas have it. While Kafka is away
 * records wait in the producer's bounded buffer; when that is full, callers wait.
 *
 * <p>A record that is refused as too large is cut, and sent again. What is refused for another
 * reason, which repetition does not cure, is kept; one record is tried again at growing intervals,
 * and all of them once that one is taken. Until then there is a {@link #fault}, and callers wait.
 */
public final class KafkaPageOutput implements PageOutput, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaPageOutput.class);

  /** A visit waits longer than this for company on its way to the store. */
  private static final int LINGER_MS = 25;

  /** After so long without a topic, or without room in the buffer, a record counts as refused. */
  private static final long MAX_BLOCK_MS = 5_000;

  /** A record that waits longer is reason enough to look whether the topic is there. */
  private static final Duration SUSPICIOUS = Duration.ofSeconds(5);

  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

  private final Producer<byte[], byte[]> producer;
  private final Later later;
  private final Runnable makeTopics;
  private final OutgoingRecords records;
  private final AtomicInteger tries = new AtomicInteger();
  private final AtomicBoolean looking = new AtomicBoolean();
  private final AtomicBoolean cutBefore = new AtomicBoolean();
  private volatile boolean topicIsAbsent;
  private volatile boolean closed;

  /**
   * Connects to nothing yet.
   *
   * @param bufferBytes of records that wait: compressed in the producer, and as they are for when
   *     they must be put out again
   */
  public KafkaPageOutput(KafkaSettings kafka, long bufferBytes, LongSupplier nanos) {
    this(
        new KafkaProducer<>(
            properties(kafka, bufferBytes), new ByteArraySerializer(), new ByteArraySerializer()),
        bufferBytes,
        nanos,
        new LaterThread("pages"),
        () -> makeTopics(kafka));
  }

  /**
   * With parts of one's own.
   *
   * @param makeTopics makes topics that are absent, and may throw what Kafka does
   */
  KafkaPageOutput(
      Producer<byte[], byte[]> producer,
      long bufferBytes,
      LongSupplier nanos,
      Later later,
      Runnable makeTopics) {
    this.producer = producer;
    this.later = later;
    this.makeTopics = makeTopics;
    this.records = new OutgoingRecords(bufferBytes, nanos);
  }

  static Properties properties(KafkaSettings kafka, long bufferBytes) {
    Properties properties = kafka.clientProperties();
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    // With it, after a broker's restart a record may be out of sequence, and be sent for ever.
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    properties.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, bufferBytes);
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_PAGE_BYTES);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
    return properties;
  }

  private static void makeTopics(KafkaSettings kafka) {
    try {
      Topics.ensure(kafka);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public CompletableFuture<Delivery> put(PageRecord record) throws InterruptedException {
    OutgoingRecord outgoing = new OutgoingRecord(record);
    records.enter(outgoing);
    try {
      send(outgoing);
    } catch (InterruptException e) {
      records.ended(outgoing);
      Thread.interrupted(); // Kafka set the flag again; the exception says it
      throw new InterruptedException("interrupted while a page's record was put out");
    } catch (RuntimeException e) {
      records.ended(outgoing);
      throw e;
    }
    return outgoing.delivery();
  }

  private void send(OutgoingRecord record) {
    Future<RecordMetadata> _ =
        producer.send(record.toKafka(), (_, failure) -> answered(record, failure));
  }

  /** Often on the producer's own thread, which must not be held up. */
  private void answered(OutgoingRecord record, @Nullable Exception failure) {
    if (failure == null) {
      records.ended(record);
      if (records.isProbe(record)) {
        over();
      }
      record.delivered();
    } else if (closed) {
      records.ended(record);
      record.fail(failure);
    } else if (failure instanceof RecordTooLargeException) {
      later.after(Duration.ZERO, () -> cut(record, failure));
    } else {
      refused(record, failure);
    }
  }

  // Too large.

  private void cut(OutgoingRecord record, Exception refusal) {
    if (!cutBefore.getAndSet(true)) {
      LOG.warn(
          "{} refuses a page's record ({}), so that it is cut, as all that are too large. To avoid"
              + " it, set the topic's max.message.bytes to {}",
          Topics.PAGES,
          refusal.getMessage(),
          Topics.MAX_PAGE_BYTES);
    }
    if (record.cut()) {
      send(record);
      return;
    }
    records.ended(record);
    if (records.isProbe(record)) {
      over();
    }
    record.tooLarge();
  }

  // Refused for now.

  private void refused(OutgoingRecord record, Exception failure) {
    topicIsAbsent = Refusal.isUnknownTopic(failure);
    String why = Refusal.why(failure);
    boolean first = records.fault().isEmpty();
    if (records.refused(record, why)) {
      planNext(first, why);
    }
  }

  private void planNext(boolean first, String why) {
    if (first) {
      tries.set(0);
      LOG.warn("Page records can't be put out, and nothing is claimed until they can: {}", why);
    }
    later.after(delay(tries.getAndIncrement()), this::tryAgain);
  }

  /** Doubles with each try. */
  static Duration delay(int tries) {
    Duration delay = FIRST_RETRY.multipliedBy(1L << Math.min(tries, 10));
    return delay.compareTo(LONGEST_RETRY) < 0 ? delay : LONGEST_RETRY;
  }

  private void tryAgain() {
    if (topicIsAbsent) {
      makeTopicsAgain();
    }
    records.nextProbe().ifPresentOrElse(this::send, this::look);
  }

  private void makeTopicsAgain() {
    try {
      makeTopics.run();
    } catch (KafkaException | TopicMismatchException e) {
      LOG.debug("{} could not be made", Topics.PAGES, e);
    }
  }

  private void over() {
    List<OutgoingRecord> kept = records.over();
    LOG.info("Page records are put out again");
    later.after(Duration.ZERO, () -> kept.forEach(this::send));
  }

  /** Looks, where records wait for long, whether the topic is there; called every little while. */
  public void watch() {
    if (records.stalled(SUSPICIOUS)
        && records.fault().isEmpty()
        && looking.compareAndSet(false, true)) {
      later.after(Duration.ZERO, this::lookOnce);
    }
  }

  private void lookOnce() {
    try {
      if (records.fault().isEmpty()) { // else a try is planned
        look();
      }
    } finally {
      looking.set(false);
    }
  }

  /** Asks for the topic, where no record can be tried. */
  private void look() {
    try {
      int _ = producer.partitionsFor(Topics.PAGES).size();
      if (records.fault().isPresent()) {
        over();
      }
    } catch (InterruptException e) {
      LOG.debug("interrupted as this ends", e);
    } catch (KafkaException e) {
      topicIsAbsent = Refusal.isUnknownTopic(e);
      if (Refusal.cause(e).isPresent() || records.fault().isPresent()) {
        planNext(records.faulty(Refusal.why(e)), Refusal.why(e));
      }
    }
  }

  /** Why no record can be put out, in a few words, until one can. */
  public Optional<String> fault() {
    return records.fault();
  }

  /** Records not yet acknowledged. */
  public int waiting() {
    return records.count();
  }

  /** Their bytes before compression. */
  public long waitingBytes() {
    return records.bytes();
  }

  /** Whether some record has waited for longer than this. */
  public boolean stalled(Duration longerThan) {
    return records.stalled(longerThan);
  }

  /** Gives up what is not acknowledged within a few seconds. */
  @Override
  public void close() {
    closed = true;
    later.close();
    producer.close(Duration.ofSeconds(5));
    records.all().forEach(record -> record.fail(new KafkaException("the output is closed")));
  }
}
