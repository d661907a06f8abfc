package io.fcrawler.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class WordsTest {
  @Test
  void bytes_have_the_largest_unit() {
    assertEquals("0 B", Words.bytes(0));
    assertEquals("1023 B", Words.bytes(1023));
    assertEquals("1.0 KiB", Words.bytes(1024));
    assertEquals("1.0 MiB", Words.bytes((1 << 20) - 1));
    assertEquals("8388608.0 TiB", Words.bytes(Long.MAX_VALUE));
  }

  @Test
  void percents_are_rounded_down() {
    assertEquals("0%", Words.percent(0));
    assertEquals("99%", Words.percent(0.9999));
    assertEquals("100%", Words.percent(1));
  }

  @Test
  void times_have_hours_where_they_need_them() {
    assertEquals("0:00", Words.time(0));
    assertEquals("59:59", Words.time(3599));
    assertEquals("1:00:00", Words.time(3600));
  }

  @Test
  void long_texts_are_cut() {
    assertEquals("abcd", Words.cut("abcd", 4));
    assertEquals("ab..", Words.cut("abcde", 4));
    assertEquals("-", Words.orDash(Optional.empty()));
  }
}
