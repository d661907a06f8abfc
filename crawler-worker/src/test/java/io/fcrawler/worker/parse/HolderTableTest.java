package io.fcrawler.worker.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.base.Splitter;
import io.fcrawler.worker.link.LinkResolver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which markup may name another document, by the standards' sections. */
class HolderTableTest {
  private static final Splitter COLUMNS = Splitter.on(" | ");
  private static final Splitter WORDS = Splitter.on(' ');

  static Stream<Arguments> rows() throws IOException {
    try (InputStream table = HolderTableTest.class.getResourceAsStream("/links/holders.txt")) {
      String text =
          new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(COLUMNS::splitToList)
          .map(row -> Arguments.of(row.get(0), spelled(row.get(1)), urls(row.get(2))));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void justTheDocumentsAreFound(String section, String markup, List<String> urls) {
    assertEquals(urls, Pages.links(markup), section + ": " + markup);
  }

  @Test
  void theTableIsWhole() throws IOException {
    List<List<?>> found = rows().<List<?>>map(row -> (List<?>) row.get()[2]).toList();
    assertEquals(
        List.of(134, 41),
        List.of(found.size(), (int) found.stream().filter(List::isEmpty).count()));
  }

  private static String spelled(String markup) {
    return markup.replace('⏎', '\n').replace('→', '\t');
  }

  private static List<String> urls(String column) {
    return column.equals("-")
        ? List.of()
        : WORDS.splitToList(column).stream()
            .map(path -> LinkResolver.resolve(Pages.URL, path).orElseThrow().value())
            .toList();
  }
}
