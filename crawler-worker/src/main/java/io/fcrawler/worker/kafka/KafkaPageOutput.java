package io.fcrawler.worker.kafka;

import io.fcrawler.config.KafkaSettings;
import io.fcrawler.kafka.Topics;
import io.fcrawler.worker.page.PageOutput;
import io.fcrawler.worker.page.PageRecord;
import io.fcrawler.worker.page.PageRecordCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Page records in Kafka. A record is safe when all in-sync replicas have it. While Kafka is away
 * records wait in the producer's bounded buffer; when that is full, callers wait.
 */
public final class KafkaPageOutput implements PageOutput, AutoCloseable {
  /** A visit waits longer than this for company on its way to the store. */
  private static final int LINGER_MS = 25;

  private final KafkaProducer<byte[], byte[]> producer;
  private final LongSupplier nanos;

  /** Records not yet acknowledged, the oldest first. */
  private final Map<Object, Waiting> pending = new LinkedHashMap<>();

  private long pendingBytes;

  /** A record since it was put, by the monotonic clock. */
  private record Waiting(long sinceNs, int bytes) {}

  /**
   * Connects to nothing yet.
   *
   * @param bufferBytes of records that wait, compressed
   */
  public KafkaPageOutput(KafkaSettings kafka, long bufferBytes, LongSupplier nanos) {
    this.nanos = nanos;
    producer =
        new KafkaProducer<>(
            properties(kafka, bufferBytes), new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static Properties properties(KafkaSettings kafka, long bufferBytes) {
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
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.MAX_VALUE);
    return properties;
  }

  @Override
  public CompletableFuture<Void> put(PageRecord record) throws InterruptedException {
    ProducerRecord<byte[], byte[]> kafkaRecord =
        new ProducerRecord<>(
            Topics.PAGES,
            record.key().getBytes(StandardCharsets.UTF_8),
            PageRecordCodec.toJson(record));
    CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    began(acknowledged, kafkaRecord.value().length);
    try {
      Future<RecordMetadata> _ =
          producer.send(
              kafkaRecord,
              (metadata, failure) -> {
                ended(acknowledged);
                if (failure == null) {
                  acknowledged.complete(null);
                } else {
                  acknowledged.completeExceptionally(failure);
                }
              });
    } catch (InterruptException e) {
      ended(acknowledged);
      Thread.interrupted(); // Kafka set the flag again; the exception says it
      throw new InterruptedException("interrupted while a page's record was put out");
    } catch (RuntimeException e) {
      ended(acknowledged);
      throw e;
    }
    return acknowledged;
  }

  private synchronized void began(Object record, int bytes) {
    pending.put(record, new Waiting(nanos.getAsLong(), bytes));
    pendingBytes += bytes;
  }

  private synchronized void ended(Object record) {
    Waiting waited = pending.remove(record);
    pendingBytes -= waited == null ? 0 : waited.bytes();
  }

  /** Records not yet acknowledged. */
  public synchronized int waiting() {
    return pending.size();
  }

  /** Their bytes before compression. */
  public synchronized long waitingBytes() {
    return pendingBytes;
  }

  /** Whether some record has waited for longer than this. */
  public synchronized boolean stalled(Duration longerThan) {
    long now = nanos.getAsLong();
    return !pending.isEmpty()
        && now - pending.values().iterator().next().sinceNs() > longerThan.toNanos();
  }

  /** Gives up what is not acknowledged within a few seconds. */
  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
