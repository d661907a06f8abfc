package io.fcrawler.worker.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fcrawler.worker.encoding.Charsets;
import io.fcrawler.worker.fetch.HttpMeta;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Declarations of charsets, by the vectors in {@code html5lib/README.md} and by hand. */
class MetaCharsetTest {
  private static final Pattern VECTOR =
      Pattern.compile("#data\n(.*?)\n#encoding\n([^\n]*)", Pattern.DOTALL);

  @ParameterizedTest
  @CsvSource({"encoding-tests1.dat, 58", "encoding-tests2.dat, 20"})
  void declarationsAreReadAsByTheStandard(String file, int atLeast) throws IOException {
    int seen = 0;
    for (Matcher vector = VECTOR.matcher(vectors(file)); vector.find(); seen++) {
      byte[] body = vector.group(1).getBytes(ISO_8859_1);
      boolean marked = vector.group(1).startsWith("\u00ef\u00bb\u00bf");
      Optional<Charset> found =
          marked
              ? Optional.of(PageText.of(body, Optional.empty(), ContentKind.HTML).charset())
              : MetaCharset.of(body).or(() -> Charsets.of("windows-1252"));
      assertEquals(Charsets.of(vector.group(2)), found, vector.group(1));
    }
    assertEquals(true, seen >= atLeast, () -> "too few vectors in " + file);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<meta charset=koi8-r charset=utf-8> | KOI8-R",
        "<meta charset=bogus http-equiv=Content-Type content='text/html; charset=koi8-r'> | KOI8-R",
        "<meta charset=utf-8 http-equiv=Content-Type content='text/html; charset=koi8-r'> | UTF-8",
        "<meta http-equiv=Content-Type content='charset charset=koi8-r;x'> | KOI8-R",
        "<meta http-equiv=Content-Type content='charset=\"koi8-r'> | ",
        "<!x <meta charset=koi8-r> > | ",
        "<?x <meta charset=koi8-r> ?> | ",
        "</ <meta charset=koi8-r> > | ",
        "<!--><meta charset=koi8-r>--> | KOI8-R",
        "<!-- --!><meta charset=koi8-r> | KOI8-R",
        "<meta charset=iso8859-2\"> | ",
        "<?xml version='1.0' encoding='koi8-r'?> | KOI8-R",
        "` <?xml version='1.0' encoding='koi8-r'?>` | ",
        "<?xml version='1.0' encoding = \"koi8-r\" ?><meta charset=utf-8> | UTF-8",
        "<?xml version='1.0'?><x encoding='koi8-r'> | ",
        "<script><meta charset=koi8-r></script> | KOI8-R",
        "<style><meta charset=koi8-r></style> | KOI8-R",
        "<title><meta charset=koi8-r></title> | KOI8-R",
        "<template><meta charset=koi8-r></template> | KOI8-R",
        "<title><meta charset=koi8-r></title><meta charset=utf-8> | UTF-8",
        "<meta charset=koi8-r | ",
        "</meta charset=koi8-r> | ",
        "<metas charset=koi8-r> | ",
        "<meta charset=' koi8-r '> | KOI8-R",
        "<meta charset=''><meta charset=koi8-r> | KOI8-R",
        "<meta\fcharset=koi8-r\f> | KOI8-R",
        "<meta http-equiv='content-type ' content='charset=koi8-r'> | ",
        "<a title='>'><meta charset=koi8-r> | KOI8-R",
        "<a b=c/><meta charset=koi8-r> | KOI8-R",
      })
  void aDeclarationCountsAsInBrowsers(String html, String charset) {
    assertEquals(
        Optional.ofNullable(charset).flatMap(Charsets::of),
        MetaCharset.of(html.getBytes(ISO_8859_1)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 1_024, 70_000, 3_000_000})
  void aDeclarationCountsWhereverItIsMet(int before) {
    String html = "<p>" + "x".repeat(before) + "</p><meta charset=koi8-r>";
    assertEquals(Charsets.of("koi8-r"), MetaCharset.of(html.getBytes(ISO_8859_1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"script", "style", "title", "textarea"})
  void behindTheFirstBytesTextIsNoMarkup(String element) {
    String text = "<" + element + "><meta charset=koi8-r></" + element + ">";
    assertEquals(Optional.empty(), MetaCharset.of((" ".repeat(1024) + text).getBytes(ISO_8859_1)));
  }

  @Test
  void xhtmlHasNoMetaCharset() {
    String xml =
        "<html xmlns='http://www.w3.org/1999/xhtml'><head><meta charset='koi8-r'/></head>"
            + "<body><p>日本語</p></body></html>";
    HttpMeta meta = HttpMeta.ofType("application/xhtml+xml");
    assertEquals("日本語", Pages.parse(meta, xml).text());
  }

  @Test
  void xhtmlDeclaresItsCharsetAsXml() {
    String xml =
        "<?xml version='1.0' encoding='windows-1251'?><html xmlns='http://www.w3.org/1999/xhtml'>"
            + "<head><meta charset='koi8-r'/></head><body><p>Привет</p></body></html>";
    byte[] body = xml.getBytes(Charset.forName("windows-1251"));
    assertEquals("Привет", Pages.parse(HttpMeta.ofType("application/xhtml+xml"), body).text());
  }

  private static String vectors(String name) throws IOException {
    try (InputStream data = MetaCharsetTest.class.getResourceAsStream("/html5lib/" + name)) {
      return new String(Objects.requireNonNull(data, name).readAllBytes(), ISO_8859_1);
    }
  }
}
