package io.fcrawler.worker.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fcrawler.worker.encoding.Charsets;
import io.fcrawler.worker.fetch.HttpMeta;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MIME types by the vectors of web-platform-tests, {@code wpt/README.md}, and by hand. */
class MimeTypeTest {

  @Test
  void typesAreParsedAsByTheStandard() throws IOException {
    int seen = 0;
    for (JsonNode vector : vectors("mime-types.json")) {
      if (vector.isObject()) {
        String input = vector.get("input").asText();
        Optional<MimeType> expected =
            Optional.of(vector.get("output"))
                .filter(output -> !output.isNull())
                .flatMap(output -> MimeType.parse(output.asText()));
        assertEquals(expected, MimeType.parse(input), input);
        assertEquals(vector.get("output").isNull(), expected.isEmpty(), input);
        seen++;
      }
    }
    assertTrue(seen >= 60, () -> "too few vectors");
  }

  @Test
  void theCharsetIsThatOfTheStandard() throws IOException {
    int seen = 0;
    for (JsonNode vector : vectors("mime-types.json")) {
      if (vector.path("navigable").asBoolean()) {
        Optional<Charset> charset =
            MimeType.ofHeaders(vector.get("input").asText()).flatMap(MimeType::charset);
        assertEquals(encoding(vector), charset, vector.toString());
        seen++;
      }
    }
    assertTrue(seen >= 30, () -> "too few vectors");
  }

  @Test
  void ofSeveralTypesTheLastValidOneCounts() throws IOException {
    int seen = 0;
    for (JsonNode vector : vectors("content-types.json")) {
      List<String> headers = new ArrayList<>();
      vector.get("input").forEach(header -> headers.add(header.asText()));
      String joined = String.join(", ", headers);
      Optional<MimeType> expected = MimeType.parse(vector.get("mimeType").asText());
      assertEquals(expected, MimeType.ofHeaders(joined), joined);
      assertEquals(encoding(vector), expected.flatMap(MimeType::charset), joined);
      seen++;
    }
    assertEquals(16, seen);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "text/html; x=charset=koi8-r; charset=iso-8859-2 | ISO-8859-2",
        "text/html; xcharset=koi8-r | ",
        "text/html; charset ='koi8-r' | ",
        "text/html; charset=gbk\" | ",
        "text/html; charset=\"koi8-r | KOI8-R",
        "text/html; charset=\"koi8\\-r\" | KOI8-R",
        "text/html; charset=koi8-r, text/html | KOI8-R",
        "text/html charset=koi8-r | ",
        "text/html;;charset=koi8-r;charset=utf-8 | KOI8-R",
        "text/html; charset= koi8-r | KOI8-R",
        "text/html; charset = koi8-r | ",
        "text/html; charset=; charset=koi8-r | KOI8-R",
        "text/html; charset=\"\"; charset=koi8-r | ",
        "text/html; charset=koi8-r (comment) | ",
        "text/plain; charset=koi8-r, text/html | ",
        "text/html; charset=koi8-r, text/html; charset=bogus | ",
      })
  void theCharsetIsAParameterOfThatName(String type, String charset) {
    assertEquals(
        Optional.ofNullable(charset).flatMap(Charsets::of),
        MimeType.ofHeaders(type).flatMap(MimeType::charset));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html charset=utf-8",
        "text/html charset=utf-8, text/html charset=utf-8",
        "text/html (comment)",
        "text/plain, text/html",
        "text/plain\t,text/html;x=\",\"",
        "text/html, bogus",
        "text/html, */*"
      })
  void whatBrowsersTakeForHtmlIsHtml(String type) {
    assertTrue(Pages.parse(HttpMeta.ofType(type), "<ul><li>x</ul>").html());
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/", "/html", "text", "*/*", "unknown/unknown", " , ", "text/ html"})
  void anInvalidTypeIsNone(String type) {
    assertTrue(Pages.parse(HttpMeta.ofType(type), "<!DOCTYPE html><p>x").html());
    assertEquals(false, Pages.parse(HttpMeta.ofType(type), "plain <p>x").html());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body/></html>",
        "\n<?xml-stylesheet href='x'?><html xmlns='http://www.w3.org/1999/xhtml'><body/></html>",
        "<html xmlns='http://www.w3.org/1999/xhtml'><body/></html>"
      })
  void xhtmlNeedsNoType(String body) {
    assertTrue(Pages.parse(HttpMeta.EMPTY, body).html());
    assertTrue(Pages.parse(HttpMeta.ofType("application/unknown"), body).html());
  }

  @Test
  void htmlIsFoundBehindTheBlanksThatBrowsersLookThrough() {
    assertTrue(Pages.parse(HttpMeta.EMPTY, "\n".repeat(1400) + "<html>").html());
  }

  private static Optional<Charset> encoding(JsonNode vector) {
    JsonNode encoding = vector.path("encoding");
    return encoding.isTextual() ? Charsets.of(encoding.asText()) : Optional.empty();
  }

  private static JsonNode vectors(String name) throws IOException {
    try (InputStream data = MimeTypeTest.class.getResourceAsStream("/wpt/" + name)) {
      return new ObjectMapper().readTree(Objects.requireNonNull(data, name));
    }
  }
}
