package io.fcrawler.worker.robots;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * Files of what robots.txt files say, under {@code src/test/resources/robots/}: after {@code ===} a
 * title, after {@code |} a file's lines, then its cases, and between them comments and blank lines.
 */
final class RobotsVectors {
  private static final String TITLE = "=== ";

  /** A robots.txt, and what it says. */
  @SuppressWarnings("ArrayRecordComponent") // read once
  record File(String title, byte[] body, List<Case> cases) {}

  /**
   * What a robots.txt says to a crawler.
   *
   * @param kind {@code +} for a path that may be fetched, {@code -} for one that may not, {@code @}
   *     for the crawl-delay
   * @param value the path, or the delay in seconds, or {@code none}
   */
  record Case(char kind, String crawler, String value) {
    @Override
    public String toString() {
      return kind + " " + crawler + " " + value;
    }
  }

  private RobotsVectors() {}

  static List<File> read(String name) {
    List<File> files = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    BiConsumer<String, List<String>> add = (title, of) -> files.add(file(title, of));
    String title = "";
    for (String line : text(name).lines().filter(line -> !line.isEmpty()).toList()) {
      if (line.startsWith(TITLE)) {
        if (!title.isEmpty()) {
          add.accept(title, lines);
        }
        title = line.substring(TITLE.length());
        lines.clear();
      } else if (line.charAt(0) != '#') {
        lines.add(line);
      }
    }
    add.accept(title, lines);
    return files;
  }

  static String text(String name) {
    try (InputStream in = RobotsVectors.class.getResourceAsStream("/robots/" + name + ".txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static File file(String title, List<String> lines) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    List<Case> cases = new ArrayList<>();
    boolean first = true;
    for (String line : lines) {
      if (line.charAt(0) != '|') {
        cases.add(aCase(line));
        continue;
      }
      if (!first) {
        body.write('\n');
      }
      first = false;
      body.writeBytes(bytes(line.length() > 2 ? line.substring(2) : ""));
    }
    return new File(title, body.toByteArray(), cases);
  }

  private static Case aCase(String line) {
    String[] words = line.split(" ", 3);
    return new Case(
        words[0].charAt(0), words[1], new String(bytes(words[2]), StandardCharsets.UTF_8));
  }

  /** A line with its escapes resolved. */
  private static byte[] bytes(String line) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < line.length(); ) {
      int c = line.codePointAt(i);
      if (c != '\\') {
        bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(c);
        continue;
      }
      switch (line.charAt(i + 1)) {
        case 'x' -> bytes.write(Integer.parseInt(line, i + 2, i + 4, 16));
        case 'u' ->
            bytes.writeBytes(
                Character.toString(Integer.parseInt(line, i + 2, i + 6, 16))
                    .getBytes(StandardCharsets.UTF_8));
        case 'r' -> bytes.write('\r');
        case 't' -> bytes.write('\t');
        default -> bytes.write(line.charAt(i + 1));
      }
      i += line.charAt(i + 1) == 'x' ? 4 : line.charAt(i + 1) == 'u' ? 6 : 2;
    }
    return bytes.toByteArray();
  }
}
