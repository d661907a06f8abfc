package io.fcrawler.store;

import java.util.List;

/**
 * Notes a partition's next commands.
 *
 * @param expected the stored offset as this consumer knows it: what it last read or noted; 0 where
 *     none is stored for this topic id
 * @param next the offset after the last record of the batch, malformed ones included
 * @param commands of the batch, in order
 */
public record NoteRequest(
    int partition, String topicId, long expected, long next, List<NotedCommand> commands) {
  public NoteRequest {
    commands = List.copyOf(commands);
  }
}
