package io.fcrawler.command;

/**
 * A record's place in {@code fcrawler.commands}.
 *
 * @param topicId Kafka's id of the topic: another id means that the topic was made anew
 * @param partition 0 to 63
 * @param offset of the record
 */
public record Position(String topicId, int partition, long offset) {
  /** Reads {@link #toString()}. */
  public static Position parse(String text) {
    String[] parts = text.split(":", 3);
    return new Position(parts[0], Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
  }

  /** {@code topicId:partition:offset}; a topic id has no colon. */
  @Override
  public String toString() {
    return topicId + ":" + partition + ":" + offset;
  }
}
