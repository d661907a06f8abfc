package io.fcrawler.store.explore;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The append-only file of a Redis that was ended: its increment, which is one RESP array for each
 * command. What a script writes stands between MULTI and EXEC, if that is more than one command.
 */
final class RecordedAof {
  private final Path increment;
  private final byte[] content;

  private RecordedAof(Path increment, byte[] content) {
    this.increment = increment;
    this.content = content;
  }

  static RecordedAof of(Path redisFolder) {
    try (Stream<Path> files = Files.list(redisFolder.resolve("appendonlydir"))) {
      Path increment =
          files.filter(file -> file.toString().endsWith(".incr.aof")).findFirst().orElseThrow();
      return new RecordedAof(increment, Files.readAllBytes(increment));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int size() {
    return content.length;
  }

  /** Puts the first bytes in place of the file. */
  void cut(int length) {
    try {
      Files.write(increment, Arrays.copyOf(content, length));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The places between commands, the beginning and the end included. */
  List<Integer> boundaries() {
    List<Integer> ends = new ArrayList<>(List.of(0));
    while (ends.getLast() < content.length) {
      ends.add(endOfCommand(ends.getLast()));
    }
    return List.copyOf(ends);
  }

  private int endOfCommand(int start) {
    int words = number(start);
    int at = endOfLine(start);
    for (int i = 0; i < words; i++) {
      at = endOfLine(at) + number(at) + 2;
    }
    return at;
  }

  /** The number after the mark at which a line begins. */
  private int number(int start) {
    ByteArrayOutputStream digits = new ByteArrayOutputStream();
    for (int at = start + 1; content[at] != '\r'; at++) {
      digits.write(content[at]);
    }
    return Integer.parseInt(digits.toString(StandardCharsets.US_ASCII));
  }

  private int endOfLine(int start) {
    int at = start;
    while (content[at] != '\n') {
      at++;
    }
    return at + 1;
  }
}
