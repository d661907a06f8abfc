package io.fcrawler.store;

/**
 * How far a partition of {@code fcrawler.commands} was noted.
 *
 * @param topicId Kafka's id of the topic
 * @param offset of the next record to note
 */
public record NextOffset(String topicId, long offset) {}
