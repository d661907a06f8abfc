package io.fcrawler.worker.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fcrawler.worker.fetch.HttpMeta;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In which charset a page is read. */
class PageCharsetTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/html; charset=iso-8859-1 | windows-1252 | <p>€é",
        "text/html; charset=\"windows-1251\" | windows-1251 | <p>Привет",
        "text/html;CHARSET=Shift_JIS | windows-31j | <p>日本語",
        "text/html; charset=euc-jp | EUC-JP | <p>日本語",
        "text/html; charset=gb2312 | GB18030 | <p>中文",
        "text/html; charset=big5 | Big5 | <p>中文",
        "text/html; charset=euc-kr | EUC-KR | <p>한국어",
        "text/html; charset=koi8-r | KOI8-R | <p>Привет",
        "text/html; charset=utf8 | UTF-8 | <p>日本語",
        "text/html; charset=utf-16le | UTF-16LE | <p>日本語",
        "text/html; charset=nonsense | UTF-8 | <p>日本語",
        "text/html | UTF-8 | <meta charset=utf-8><p>日本語",
        "text/html | windows-1252 | <meta charset=iso-8859-1><p>é",
        "text/html | windows-1251 | <META CHARSET='windows-1251'><p>Привет",
        "text/html | Shift_JIS | <meta http-equiv=Content-Type content='text/html; charset=shift_jis'><p>日本語",
        "text/html | Shift_JIS | <meta content='text/html; charset=shift_jis' http-equiv=content-type><p>日本語",
        "text/html | UTF-8 | <!--<meta charset=windows-1251>--><p>日本語",
        "text/html | UTF-8 | <meta charset=nonsense><p>日本語",
        "text/html | UTF-8 | <meta charset=utf-16><p>日本語",
        "text/html | ISO-8859-2 | <?xml version='1.0' encoding='iso-8859-2'?><p>ąęł",
        "text/html | UTF-8 | <p>日本語é",
        "text/html | windows-1252 | <p>déjà vu",
        "text/html; charset=utf-8 | UTF-8 | <meta charset=windows-1251><p>日本語"
      })
  void aPageIsReadInItsCharset(String type, String charset, String html) {
    ParsedPage page = Pages.parse(HttpMeta.ofType(type), html.getBytes(Charset.forName(charset)));
    String expected = html.substring(html.lastIndexOf("<p>") + 3);
    assertEquals(expected, page.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void aByteOrderMarkDecides(String charset) {
    byte[] body = "\ufeff<title>日本語</title>".getBytes(Charset.forName(charset));
    HttpMeta meta = HttpMeta.ofType("text/html; charset=windows-1251");
    assertEquals("日本語", Pages.parse(meta, body).title());
  }

  @Test
  void aCharacterThatTheBodyLimitCutDoesNotDecide() {
    byte[] whole = "<p>日本語".getBytes(StandardCharsets.UTF_8);
    byte[] cut = Arrays.copyOf(whole, whole.length - 1);
    assertEquals("日本\ufffd", Pages.parse(HttpMeta.ofType("text/html"), cut).text());
  }

  @Test
  void queriesAreEncodedInThePagesCharset() {
    byte[] body = "<a href='?x=é'>x</a>".getBytes(Charset.forName("windows-1252"));
    HttpMeta meta = HttpMeta.ofType("text/html; charset=iso-8859-1");
    assertEquals(List.of("http://a.example/dir/page?x=%E9"), Pages.links(Pages.parse(meta, body)));
  }
}
