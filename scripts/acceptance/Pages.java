import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Writes the values of all records of a topic that are there now to a file, each as a line. Run as
 * a source file, with the worker's jar on the class path: {@code java -cp crawler-worker.jar
 * Pages.java 127.0.0.1:9092 fcrawler.pages records.jsonl}.
 */
final class Pages {
  private Pages() {}

  public static void main(String[] args) throws IOException {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", args[0], "auto.offset.reset", "earliest");
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(Path.of(args[2])));
        KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(args[1]).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .collect(Collectors.toList());
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          file.write(record.value());
          file.write('\n');
        }
      }
    }
  }
}
