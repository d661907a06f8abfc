package io.fcrawler.url;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadableUrlTest {
  @ParameterizedTest
  @CsvSource({
    "http://h/caf%C3%A9/, http://h/café/",
    "http://h/%E6%97%A5%E6%9C%AC?q=%F0%9F%98%80, http://h/日本?q=😀",
    "http://h/a%20b%22%7C, 'http://h/a b\"|'",
    "http://bücher.example:8080/%C3%BC, http://bücher.example:8080/ü",
    "http://xn--a.example/x, http://xn--a.example/x"
  })
  void lettersAreReadable(String url, String readable) {
    assertEquals(readable, CrawlUrl.parse(url).orElseThrow().readable());
  }

  @ParameterizedTest
  @CsvSource({
    "http://h/a%2Fb%3Fc%23d%25C3%25A9",
    "http://h/?a=%26b%3D%2B%27",
    "http://h/%00%0A%7F",
    "http://h/caf%E9/%C3%C3%A9(%E6%97", // ISO-8859-1, and what is cut
    "http://h/%C0%AF%ED%A0%80%F5%80%80%80%EF%BF%BD",
    "http://h/100%"
  })
  void whatIsReservedOrNoUtf8StaysEncoded(String url) {
    String readable = CrawlUrl.parse(url).orElseThrow().readable();
    assertEquals(url.replace("%C3%C3%A9", "%C3é"), readable);
  }

  @Test
  void aUrlInAsciiIsItsOwnReadableForm() {
    CrawlUrl url = CrawlUrl.parse("http://h/a?b=c").orElseThrow();
    assertSame(url.value(), url.readable());
  }
}
