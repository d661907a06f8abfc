package io.fcrawler.worker.encoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What labels mean, and what bytes mean in some charsets. */
class CharsetsTest {

  /** All but the six labels of the replacement encoding, which is none. */
  @Test
  void everyLabelOfTheStandardMeansACharset() {
    assertEquals(228 - 6, Charsets.labels().size());
    assertEquals(Optional.empty(), Charsets.of("hz-gb-2312"));
    assertEquals(Optional.empty(), Charsets.of("utf-32"));
    assertEquals(Charsets.of("gbk"), Charsets.of(" GB_2312-80\n"));
    assertEquals(Optional.of("UTF-16LE"), Charsets.of("unicode").map(Charset::name));
    assertEquals(Charsets.of("windows-1254"), Charsets.of("latin5"));
    assertEquals(Charsets.of("windows-874"), Charsets.of("TIS-620"));
    assertEquals(Charsets.of("windows-1252"), Charsets.of("iso-8859-1"));
  }

  @ParameterizedTest
  @CsvSource({
    "iso-8859-10, a1 bf c0 e7 ff, ĄŋĀįĸ",
    "l6, 41 a0 bd ad, A\u00a0―\u00ad",
    "iso-8859-14, a1 f0 ff, Ḃŵÿ",
    "x-mac-cyrillic, ff, €",
    "windows-1255, ca, \u05ba",
    "windows-1252, 80 81 9d, €\u0081\u009d",
    "koi8-u, ae be, ўЎ",
    "gbk, 80 d6 d0, €中",
    "gb18030, 81 30 81 30 94 39 fc 36, \u0080\ud83d\ude00",
    "big5, a4 a4 c6 a1, 中①",
    "euc-jp, fc e2 8e b1, 髙ｱ",
    "shift_jis, 88 9f b1, 亜ｱ",
    "euc-kr, b0 a1 81 41, 가갂",
    "iso-2022-jp, 1b 24 42 46 7c 1b 28 42, 日",
    "iso-2022-jp, 1b 24 42 46 7c 1b 28 4a 5c 1b 28 42 7e, 日¥~"
  })
  void aCharacterIsTheSameBothWays(String label, String bytes, String text) {
    Charset charset = Charsets.named(label);
    byte[] encoded = HexFormat.ofDelimiter(" ").parseHex(bytes);
    assertEquals(text, new String(encoded, charset));
    if (!bytes.startsWith("80 d6")) {
      assertArrayEquals(encoded, text.getBytes(charset));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "gbk, 41 a3 a0 42, A\u3000B",
    "gb18030, 41 a3 a0 42, A\u3000B",
    "gb18030, 80, €",
    "gbk, a2 e3, €",
    "big5, 88 62 88 64 88 a3 88 a5, \u00ca\u0304\u00ca\u030c\u00ea\u0304\u00ea\u030c",
    "big5, 87 40, 䏰",
    "euc-jp, 8f a9 a1, Æ",
    "shift_jis, f0 40 80 fc fc, \ue000\u0080\ufffd",
    "iso-2022-jp, 1b 28 49 31 1b 28 42, ｱ",
    "windows-1253, 41 aa 42, A\ufffdB"
  })
  void whatIsReadIsNotAlwaysWritten(String label, String bytes, String text) {
    byte[] encoded = HexFormat.ofDelimiter(" ").parseHex(bytes);
    assertEquals(text, new String(encoded, Charsets.named(label)));
  }

  @ParameterizedTest
  @CsvSource({
    "gbk, 81 40 ff 81 21, 丂\ufffd\ufffd!",
    "gb18030, 81 30 81 41 84 31 a4 ff, \ufffd0丄\ufffd1\ufffd",
    "gb18030, 81 30 81, \ufffd",
    "gb18030, fe 39 fe 39 41, \ufffdA",
    "big5, 81 3c a4 ff a4, \ufffd<\ufffd\ufffd",
    "euc-jp, 8f a1 41 8f a1 a1 8e 41 80, \ufffdA\ufffd\ufffdA\ufffd",
    "shift_jis, 81 22 a0 81, \ufffd\"\ufffd\ufffd",
    "euc-kr, 81 22 ff 81, \ufffd\"\ufffd\ufffd",
    "iso-2022-jp, 1b 24 42 1b 28 42 41 1b 41 80, \ufffdA\ufffdA\ufffd",
    "iso-2022-jp, 1b 24 42 46 1b 28 42 41 1b 24, \ufffdA\ufffd"
  })
  void aWrongByteIsOneReplacement(String label, String bytes, String text) {
    byte[] wrong = HexFormat.ofDelimiter(" ").parseHex(bytes);
    assertEquals(text, new String(wrong, Charsets.named(label)));
  }

  @ParameterizedTest
  @CsvSource({
    "iso-8859-14, 日",
    "gbk, \ue5e5",
    "gbk, \ud83d\ude00",
    "gb18030, \ue5e5",
    "big5, 䏰",
    "euc-jp, ē",
    "shift_jis, ē",
    "iso-2022-jp, é",
    "euc-kr, é"
  })
  void whatCharsetsLackIsNotWritten(String label, String text) {
    assertFalse(Charsets.named(label).newEncoder().canEncode(text));
  }

  @Test
  void noiseIsReadAndWrittenWithoutFault() {
    Random random = new Random(14);
    byte[] noise = new byte[1 << 16];
    char[] characters = new char[1 << 14];
    for (Charset charset : Set.copyOf(Charsets.labels().values())) {
      random.nextBytes(noise);
      String text = new String(noise, charset);
      assertTrue(text.length() <= noise.length, charset.name());
      assertEquals(text, charset.decode(ByteBuffer.wrap(noise)).toString());
      for (int i = 0; i < characters.length; i++) {
        characters[i] = (char) random.nextInt(Character.MAX_VALUE + 1);
      }
      assertTrue(new String(characters).getBytes(charset).length > 0, charset.name());
    }
  }
}
