package io.fcrawler.standalone;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** A console whose lines can be waited for. */
final class TestingConsole {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);

  Console console() {
    return new Console(stream, stream);
  }

  List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** Waits until this many lines contain the text, and answers the last of those. */
  String await(String text, int count) {
    Predicate<String> wanted = line -> line.contains(text);
    Waiting.until(
        LIMIT,
        () -> lines().stream().filter(wanted).count() >= count,
        () -> count + " x '" + text + "' in " + lines());
    return lines().stream().filter(wanted).toList().get(count - 1);
  }
}
