package io.fcrawler.worker.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.encoding.Charsets;
import io.fcrawler.worker.fetch.HttpMeta;
import io.fcrawler.worker.link.LinkResolver;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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
        "text/html; charset=utf-8 | UTF-8 | <meta charset=windows-1251><p>日本語",
        "text/html; charset=x-user-defined | windows-1252 | <p>é",
        "text/html; charset=utf-7 | UTF-8 | <p>+ADw-a+AD4-",
        "text/html; charset=iso-2022-kr | UTF-8 | <p>é",
        "text/html;charset = 'koi8-u' | UTF-8 | <p>Привіт",
        "text/html; charset= | windows-1252 | <meta charset=latin1><p>é",
        "text/html; charset=euc-jp | x-eucJP-Open | <p>①～日本語",
        "text/html; charset=iso-2022-jp | x-windows-iso2022jp | <p>①～日本語",
        "text/html; charset=gbk | GB18030 | <p>中文€",
        "text/html | UTF-8 | <meta charset=utf-16be><p>日本語",
        "text/html | windows-1252 | <meta charset=x-user-defined><p>é",
        "text/html | windows-1251 | <meta charset=utf-7><meta charset=windows-1251><p>Привет",
        "text/html | windows-1251 | <meta name=a content='x>y' charset=windows-1251><p>Привет",
        "text/html | windows-1251 | <meta/charset=windows-1251/><p>Привет",
        "text/html | windows-1251 | <!--><meta charset=windows-1251><p>Привет",
        "text/html | KOI8-R | <script>'<meta charset=utf-8>'</script><meta charset=koi8-r><p>Привет",
        "text/html | KOI8-R | <title><meta charset=utf-8></title><meta charset=koi8-r><p>Привет",
        "text/html | KOI8-R | <b title='<meta charset=utf-8>'></b><meta charset=koi8-r><p>Привет",
        "text/html | KOI8-R | <metal charset=utf-8></metal><meta charset=koi8-r><p>Привет",
        "text/html | UTF-8 | <meta content='text/html; charset=koi8-r'><p>Привет",
        "text/html | UTF-8 | <meta name=description content='charset=koi8-r'><p>Привет",
        "text/html | KOI8-R | <meta charset=koi8-r><meta charset=utf-8><p>Привет"
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

  @Test
  void aDeclarationBehindMuchElseCounts() {
    String html = "<style>" + "a{}".repeat(9_000) + "</style><meta charset=windows-1251><p>Привет";
    byte[] body = html.getBytes(Charset.forName("windows-1251"));
    assertEquals("Привет", Pages.parse(HttpMeta.ofType("text/html"), body).text());
  }

  @Test
  void theBaseIsInThePagesCharsetToo() {
    byte[] body = "<base href='?é'><a href=''>x</a>".getBytes(Charset.forName("windows-1252"));
    HttpMeta meta = HttpMeta.ofType("text/html; charset=iso-8859-1");
    assertEquals(List.of("http://a.example/dir/page?%E9"), Pages.links(Pages.parse(meta, body)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "windows-1252 | Où est l’école ? Elle a déjà été fermée à cause de la forêt.",
        "windows-1252 | Die Straße führt über große Hügel nach München; schöne Grüße.",
        "windows-1252 | El niño comió una manzana y después salió corriendo al jardín.",
        "windows-1252 | På grund af vejret må vi køre hjem før klokken tre, sagde han så.",
        "windows-1252 | Não há informações sobre a situação em São Paulo amanhã.",
        "windows-1250 | Zażółć gęślą jaźń, powiedział chłopiec; książki są na półce już dziś.",
        "ISO-8859-2 | Zażółć gęślą jaźń, powiedział chłopiec; książki są na półce już dziś.",
        "windows-1250 | Příliš žluťoučký kůň úpěl ďábelské ódy, a nikdo ho neslyšel vůbec.",
        "windows-1254 | Bugün hava çok güzel, ağaçların altında oturup şarkı söylüyorlardı.",
        "windows-1257 | Lietuvių kalba yra viena iš seniausių, ją vartoja žmonės visą laiką.",
        "windows-1251 | Все счастливые семьи похожи друг на друга, каждая несчастлива по-своему.",
        "KOI8-R | Все счастливые семьи похожи друг на друга, каждая несчастлива по-своему.",
        "IBM866 | Все счастливые семьи похожи друг на друга, каждая несчастлива по-своему.",
        "ISO-8859-5 | Все счастливые семьи похожи друг на друга, каждая несчастлива.",
        "windows-1251 | Привет",
        "windows-1253 | Όλες οι ευτυχισμένες οικογένειες μοιάζουν μεταξύ τους.",
        "windows-1255 | כל המשפחות המאושרות דומות זו לזו, כל משפחה אומללה בדרכה שלה.",
        "windows-1256 | كل العائلات السعيدة متشابهة ولكن كل عائلة تعيسة بطريقتها الخاصة.",
        "x-windows-874 | ครอบครัวที่มีความสุขทุกครอบครัวก็เหมือนกันหมด แต่ครอบครัวที่ทุกข์",
        "windows-31j | 幸福な家庭はみな似たものだが、不幸な家庭はそれぞれに不幸である。",
        "EUC-JP | 幸福な家庭はみな似たものだが、不幸な家庭はそれぞれに不幸である。",
        "ISO-2022-JP | 幸福な家庭はみな似たものだが、不幸な家庭はそれぞれに不幸である。",
        "windows-31j | 日本語のページ",
        "GB18030 | 幸福的家庭都是相似的，不幸的家庭各有各的不幸。我们的网站已经更新。",
        "Big5 | 幸福的家庭都是相似的，不幸的家庭各有各的不幸。我們的網站已經更新。",
        "EUC-KR | 행복한 가정은 모두 비슷하지만 불행한 가정은 저마다의 이유로 불행하다.",
        "UTF-16LE | 幸福な家庭",
        "UTF-16BE | Все счастливые семьи",
        "UTF-8 | 幸福な家庭 é Все"
      })
  void whatDeclaresNoCharsetIsReadInTheLikeliest(String charset, String text) {
    String html = "<html><head><title>x</title></head><body><p class=a>" + text + "</p></body>";
    byte[] body = html.getBytes(Charset.forName(charset));
    assertEquals(text, Pages.parse(HttpMeta.ofType("text/html"), body).text());
  }

  @Test
  void whatIsInNoCharsetIsReadAllTheSame() {
    byte[] body = new byte[100_000];
    new Random(1).nextBytes(body);
    System.arraycopy("<a href=/t>".getBytes(StandardCharsets.US_ASCII), 0, body, 0, 11);
    assertEquals(
        "http://a.example/t",
        Pages.links(Pages.parse(HttpMeta.ofType("text/html"), body)).getFirst());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shift_jis | ?q=日本 | ?q=%93%FA%96%7B",
        "shift_jis | 日本?日%93x | %E6%97%A5%E6%9C%AC?%93%FA%93x",
        "euc-jp | ?q=日本 | ?q=%C6%FC%CB%DC",
        "iso-2022-jp | ?q=日本a&r=x | ?q=%1B$BF%7CK%5C%1B(Ba&r=x",
        "gb2312 | ?q=中 | ?q=%D6%D0",
        "big5 | ?q=中 | ?q=%A4%A4",
        "euc-kr | ?q=한 | ?q=%C7%D1",
        "koi8-r | ?q=да&r=é | ?q=%C4%C1&r=%26%23233%3B",
        "windows-1251 | ?q=💩 | ?q=%26%23128169%3B",
        "iso-8859-1 | ?q=€ | ?q=%80",
        "iso-8859-14 | ?q=Ŵ | ?q=%D0",
        "gbk | ?q=€ | ?q=%80",
        "euc-jp | ?q=髙 | ?q=%FC%E2",
        "utf-16le | ?q=é | ?q=%C3%A9",
        "utf-8 | ?q=é | ?q=%C3%A9"
      })
  void referencesAreEncodedAsByBrowsers(String label, String reference, String expected) {
    Charset charset = Charsets.of(label).orElseThrow();
    String html = "<a href='" + reference.replace("é", "&eacute;").replace("💩", "&#128169;");
    html = html.replace("€", "&euro;") + "'>x</a>";
    HttpMeta meta = HttpMeta.ofType("text/html; charset=" + label);
    assertEquals(
        LinkResolver.resolve(Pages.URL, expected).map(CrawlUrl::value).stream().toList(),
        Pages.links(Pages.parse(meta, html.getBytes(charset))));
  }
}
