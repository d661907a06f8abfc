package io.fcrawler.worker.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fcrawler.worker.encoding.Charsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Queries in the charset of their page, as browsers send them. */
class SpellingTest {

  @ParameterizedTest
  @CsvSource({
    "euc-jp, 髙, %FC%E2",
    "euc-jp, ē, %26%23275%3B",
    "euc-jp, ｱ¥−, %8E%B1%5C%A1%DD",
    "big5, 䏰, %26%2317392%3B",
    "big5, 十, %A4Q",
    "gbk, €, %80",
    "gbk, 😀, %26%23128512%3B",
    "gb18030, €😀, %A2%E3%949%FC6",
    "shift_jis, −, %81|",
    "iso-2022-jp, ｱ, %1B$B%%22%1B(B",
    "iso-2022-jp, 日é本, %1B$BF|%1B(B%26%23233%3B%1B$BK%5C%1B(B",
    "iso-2022-jp, ¥a~, %1B(J%5Ca%1B(B~",
    "iso-2022-jp, é\u001b日, %26%23233%3B%26%2365533%3B%1B$BF|%1B(B",
    "windows-1252, €\u0081é, %80%81%E9",
    "iso-8859-2, ąé, %B1%E9",
    "windows-1255, \u05ba, %CA",
    "x-mac-cyrillic, €, %FF",
    "windows-1252, <日>, %3C%26%2326085%3B%3E"
  })
  void aQueryIsInTheCharsetOfItsPage(String label, String query, String expected) {
    assertEquals("?q=" + expected, Spelling.encoded("?q=" + query, Charsets.named(label)));
  }

  @ParameterizedTest
  @CsvSource({"iso-2022-jp", "gb18030", "shift_jis", "windows-1251"})
  void aLongQueryIsEncodedToItsEnd(String label) {
    String query = "?" + "日".repeat(2_000);
    String encoded = Spelling.encoded(query, Charsets.named(label));
    assertEquals(encoded, Spelling.encoded(query, Charsets.named(label)));
    String one = Spelling.encoded("?日", Charsets.named(label)).substring(1);
    String each = one.replace("%1B$B", "").replace("%1B(B", "");
    assertEquals(2_000, (encoded.length() - 1 - (one.length() - each.length())) / each.length());
  }
}
