package io.fcrawler.worker.kafka;

import io.fcrawler.kafka.Topics;
import io.fcrawler.worker.page.PageOutput.Delivery;
import io.fcrawler.worker.page.PageRecord;
import io.fcrawler.worker.page.PageRecordCodec;
import io.fcrawler.worker.page.SmallerRecord;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A page's record on its way; cut by one thread at a time. */
final class OutgoingRecord {
  private final byte[] key;
  private final int attempts;
  private final int bytes;
  private volatile byte[] json;
  private volatile boolean cut;
  private final CompletableFuture<Delivery> delivery = new CompletableFuture<>();

  OutgoingRecord(PageRecord record) {
    key = record.key().getBytes(StandardCharsets.UTF_8);
    json = PageRecordCodec.toJson(record);
    attempts = record.attempts();
    bytes = json.length;
  }

  /** Completes when it is settled what becomes of it. */
  CompletableFuture<Delivery> delivery() {
    return delivery;
  }

  /** Of the whole record, before compression. */
  int bytes() {
    return bytes;
  }

  ProducerRecord<byte[], byte[]> toKafka() {
    return new ProducerRecord<>(Topics.PAGES, key, json);
  }

  /** Cuts a part; false where none is left that can be cut. */
  boolean cut() {
    Optional<byte[]> smaller = SmallerRecord.of(json, attempts);
    smaller.ifPresent(it -> {
      json = it;
      cut = true;
    });
    return smaller.isPresent();
  }

  /** It is safe. One that was cut until nothing was left says that its URL failed. */
  void delivered() {
    boolean failed = cut && SmallerRecord.isFailure(json);
    delivery.complete(failed ? Delivery.TOO_LARGE : Delivery.DELIVERED);
  }

  /** It is refused even so: the URL fails without a record. */
  void tooLarge() {
    delivery.complete(Delivery.TOO_LARGE);
  }

  /** Nothing becomes of it. */
  void fail(Throwable cause) {
    delivery.completeExceptionally(cause);
  }
}
