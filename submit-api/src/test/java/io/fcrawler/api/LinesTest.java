package io.fcrawler.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.javalin.http.UnsupportedMediaTypeResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinesTest {
  private static final String TEXT =
      "\uFEFF a.example \r\n\r\n\t\n\uFEFFb\nbücher.example\n🕷️.example\n\nend";
  private static final List<String> DOMAINS =
      List.of("a.example", "\uFEFFb", "bücher.example", "🕷️.example", "end");

  private static List<String> all(Lines lines) {
    List<String> all = new ArrayList<>();
    while (lines.read()) {
      all.addAll(lines.domains());
    }
    return all;
  }

  /** Gives no more than so many bytes at a time, and always says that no more are there. */
  private static InputStream slow(String text, int most) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<InputStream> parts = new ArrayList<>();
    for (int i = 0; i < bytes.length; i += most) {
      parts.add(new ByteArrayInputStream(bytes, i, Math.min(most, bytes.length - i)));
    }
    return new SequenceInputStream(Collections.enumeration(parts));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 1000})
  void linesAreTheSameHoweverTheyArrive(int most) {
    assertEquals(DOMAINS, all(new Lines(slow(TEXT, most))));
  }

  @Test
  void aLineIsGivenAsSoonAsItEnds() {
    Lines lines = new Lines(slow("a.b\nc.d\n", 4));

    lines.read();
    assertEquals(List.of("a.b"), lines.domains());
    lines.read();
    assertEquals(List.of("c.d"), lines.domains());
  }

  @Test
  void nothingHasNoLines() {
    assertEquals(List.of(), all(new Lines(slow("", 1))));
    assertEquals(List.of(), all(new Lines(slow("\n \n", 1))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"domain\":\"a\"}", "\n\uFEFF{", "[\"a\"]", "["})
  void jsonIsToldFromDomains(String text) {
    Lines lines = new Lines(slow(text.replace("\n\uFEFF", "\n"), 1));

    assertThrows(UnsupportedMediaTypeResponse.class, () -> all(lines));
  }

  @Test
  void aLineThatBreaksOffIsNotGiven() throws IOException {
    InputStream closed = InputStream.nullInputStream();
    closed.close(); // so that a read fails
    InputStream broken =
        new SequenceInputStream(
            new ByteArrayInputStream("a.b\nc.".getBytes(StandardCharsets.UTF_8)), closed);
    Lines lines = new Lines(broken);

    lines.read();
    assertEquals(List.of("a.b"), lines.domains());
    assertThrows(UncheckedIOException.class, lines::read);
  }
}
