package io.fcrawler.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Outcomes in a file, a line of JSON each, so that several invocations can add up. */
final class Results {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Results() {}

  static void append(Path file, Outcome outcome) {
    try {
      Files.writeString(
          file,
          JSON.writeValueAsString(outcome) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Outcome> read(Path file) {
    try {
      return Files.readAllLines(file).stream().map(Results::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Outcome parse(String line) {
    try {
      return JSON.readValue(line, Outcome.class);
    } catch (IOException e) {
      throw new UncheckedIOException("not an outcome: " + line, e);
    }
  }
}
