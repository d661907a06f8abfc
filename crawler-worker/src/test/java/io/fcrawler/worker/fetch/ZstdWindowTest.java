package io.fcrawler.worker.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ZstdWindowTest {
  /** RFC 8878, sections 3.1.1.1.1 and 3.1.1.1.2. */
  @ParameterizedTest
  @CsvSource({
    "28b52ffd 00 00, 21",
    "28b52ffd 00 58, 21",
    "28b52ffd 00 59, 22",
    "28b52ffd 00 60, 22",
    "28b52ffd 00 68, 23",
    "28b52ffd 00 ff, 23",
    "28b52ffd 20 ff, 21",
    "28b52ffd 60 ffff, 21",
    "28b52ffd a0 00004000, 22",
    "28b52ffd a0 01004000, 23",
    "28b52ffd a3 ffffffff 00004000, 22",
    "28b52ffd e0 0000000000000080, 23",
    "28b52ffd e0 ffffffffffffffff, 23",
    "502a4d18 00000000, 23",
    "28b5, 23"
  })
  void theFirstFrameTellsTheWindow(String start, int bits) {
    assertEquals(bits, ZstdWindow.bits(HexFormat.of().parseHex(start.replace(" ", ""))));
  }

  @ParameterizedTest
  @CsvSource({"1, 21", "3, 21", "8, 21", "9, 22", "19, 23"})
  void theEncodersLevelsHaveTheirWindows(int level, int bits) throws IOException {
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    try (ZstdOutputStreamNoFinalizer out = new ZstdOutputStreamNoFinalizer(sink, level)) {
      out.write(new byte[1000]);
      out.flush();
    }
    assertEquals(bits, ZstdWindow.bits(sink.toByteArray()));
    byte[] small = Zstd.compress(new byte[1000], level);
    assertEquals(21, ZstdWindow.bits(Arrays.copyOf(small, small.length)));
  }
}
