package io.fcrawler.worker.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BrotliWindowTest {
  /** RFC 7932, section 9.1: the codes of WBITS, the right-most bit first. */
  @ParameterizedTest
  @CsvSource({
    "0, 16",
    "0000001, 17",
    "0011, 18",
    "0101, 19",
    "0111, 20",
    "1001, 21",
    "1011, 22",
    "1101, 23",
    "1111, 24",
    "0100001, 10",
    "0110001, 11",
    "1000001, 12",
    "1010001, 13",
    "1100001, 14",
    "1110001, 15"
  })
  void theFirstByteTellsTheWindow(String code, int bits) {
    assertEquals(bits, BrotliWindow.bits(Integer.parseInt(code, 2)));
    if (code.length() == 7) {
      assertEquals(bits, BrotliWindow.bits((byte) (Integer.parseInt(code, 2) | 0x80)));
    }
  }
}
