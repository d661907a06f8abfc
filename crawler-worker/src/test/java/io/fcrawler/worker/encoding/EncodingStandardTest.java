package io.fcrawler.worker.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * All characters of the Encoding Standard's indexes, read and written. The bytes of a pointer are
 * those of the standard's encoders.
 */
class EncodingStandardTest {
  private static final String BIG5_LAST = "═╞╡╪十卅";

  @Test
  void singleBytes() throws CharacterCodingException {
    int seen = 0;
    for (String line : Resource.lines("single-bytes.txt")) {
      String label = line.substring(0, line.indexOf(' '));
      String digits = line.substring(line.indexOf(' ') + 1);
      Map<Integer, Integer> index = new TreeMap<>();
      for (int i = 0; i < 128; i++) {
        int c = Integer.parseInt(digits, 4 * i, 4 * i + 4, 16);
        if (c != 0xfffd) {
          index.put(i, c);
        }
      }
      seen +=
          check(
              label,
              index,
              pointer -> new byte[] {(byte) (0x80 + pointer)},
              EncodingStandardTest::all,
              "");
    }
    assertEquals(3_342, seen);
  }

  @Test
  void gb18030AndGbk() throws CharacterCodingException {
    Map<Integer, Integer> index = index("gb18030");
    IntFunction<byte[]> bytes = p -> two(p / 190 + 0x81, p % 190 + (p % 190 < 0x3f ? 0x40 : 0x41));
    assertEquals(23_940, check("gb18030", index, bytes, EncodingStandardTest::all, ""));
    index.values().remove(0x20ac);
    assertEquals(23_939, check("gbk", index, bytes, EncodingStandardTest::all, ""));
  }

  /** Each of the ranges' code points, but for those that are written as two bytes. */
  @Test
  void gb18030OfFourBytes() throws CharacterCodingException {
    Charset charset = Charsets.named("gb18030");
    int seen = 0;
    for (int pointer = 0; pointer <= 1_237_575; pointer++) {
      byte[] bytes = {
        (byte) (pointer / 12600 + 0x81),
        (byte) (pointer / 1260 % 10 + 0x30),
        (byte) (pointer / 10 % 126 + 0x81),
        (byte) (pointer % 10 + 0x30)
      };
      if (pointer > 39_419 && pointer < 189_000) {
        continue;
      }
      String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      byte[] back = text.getBytes(charset);
      seen += ByteBuffer.wrap(bytes).equals(ByteBuffer.wrap(back)) ? 1 : 0;
    }
    assertEquals(39_420 + 1_048_576 - 18, seen);
  }

  @Test
  void big5() throws CharacterCodingException {
    IntFunction<byte[]> bytes = p -> two(p / 157 + 0x81, p % 157 + (p % 157 < 0x3f ? 0x40 : 0x62));
    assertEquals(18_590, check("big5", index("big5"), bytes, p -> p >= 5024, BIG5_LAST));
  }

  @Test
  void eucKr() throws CharacterCodingException {
    IntFunction<byte[]> bytes = p -> two(p / 190 + 0x81, p % 190 + 0x41);
    assertEquals(17_048, check("euc-kr", index("euc-kr"), bytes, EncodingStandardTest::all, ""));
  }

  @Test
  void eucJp() throws CharacterCodingException {
    Map<Integer, Integer> index = index("jis0208");
    index.keySet().removeIf(pointer -> pointer >= 8836);
    IntFunction<byte[]> bytes = p -> two(p / 94 + 0xa1, p % 94 + 0xa1);
    assertEquals(7_336, check("euc-jp", index, bytes, EncodingStandardTest::all, ""));
    IntFunction<byte[]> supplement =
        p -> new byte[] {(byte) 0x8f, (byte) (p / 94 + 0xa1), (byte) (p % 94 + 0xa1)};
    Map<Integer, Integer> jis0212 = index("jis0212");
    assertEquals(6_067, checkRead("euc-jp", jis0212, supplement));
    CharsetEncoder encoder = Charsets.named("euc-jp").newEncoder();
    jis0212.values().removeAll(index.values());
    assertEquals(0, jis0212.values().stream().filter(c -> encoder.canEncode(text(c))).count());
  }

  @Test
  void shiftJis() throws CharacterCodingException {
    IntFunction<byte[]> bytes =
        p ->
            two(p / 188 + (p / 188 < 0x1f ? 0x81 : 0xc1), p % 188 + (p % 188 < 0x3f ? 0x40 : 0x41));
    IntPredicate written = p -> p < 8272 || p > 8835;
    assertEquals(7_724, check("shift_jis", index("jis0208"), bytes, written, ""));
  }

  @Test
  void iso2022Jp() throws CharacterCodingException {
    Map<Integer, Integer> index = index("jis0208");
    index.keySet().removeIf(pointer -> pointer >= 8836);
    IntFunction<byte[]> bytes =
        p ->
            new byte[] {27, '$', 'B', (byte) (p / 94 + 0x21), (byte) (p % 94 + 0x21), 27, '(', 'B'};
    assertEquals(7_336, check("iso-2022-jp", index, bytes, EncodingStandardTest::all, ""));
  }

  /** Two bytes, of which the first begins a character, mean one of the index or nothing. */
  @Test
  void nothingElseIsRead() {
    Map<String, Integer> read = new TreeMap<>();
    for (String label : List.of("gbk", "big5", "euc-kr", "euc-jp", "shift_jis")) {
      CharsetDecoder decoder = Charsets.named(label).newDecoder();
      for (int pair = 0x8100; pair <= 0xfeff; pair++) {
        try {
          CharBuffer text = decoder.decode(ByteBuffer.wrap(two(pair >> 8, pair & 0xff)));
          int characters = text.toString().codePointCount(0, text.length());
          if (characters == 1 || text.charAt(1) >= 0x300) {
            read.merge(label, 1, Integer::sum);
          }
        } catch (CharacterCodingException e) {
          // none
        }
      }
    }
    assertEquals(23_940, read.get("gbk"));
    assertEquals(17_048, read.get("euc-kr"));
    assertEquals(7_336 + 63, read.get("euc-jp"));
  }

  private static boolean all(int pointer) {
    return pointer >= 0;
  }

  private static int check(
      String label,
      Map<Integer, Integer> index,
      IntFunction<byte[]> bytes,
      IntPredicate written,
      String last)
      throws CharacterCodingException {
    checkRead(label, index, bytes);
    Map<Integer, Integer> pointers = new HashMap<>();
    index.forEach((pointer, c) -> {
      if (written.test(pointer)) {
        pointers.merge(c, pointer, last.indexOf(c) < 0 ? Math::min : Math::max);
      }
    });
    CharsetEncoder encoder = Charsets.named(label).newEncoder();
    List<String> wrong = new ArrayList<>();
    for (int c : index.values()) {
      @Nullable Integer pointer = pointers.get(c);
      String expected = pointer == null ? "none" : hex(bytes.apply(pointer));
      String encoded = encoder.canEncode(text(c)) ? hex(encoded(encoder, text(c))) : "none";
      if (!expected.equals(encoded)) {
        wrong.add("U+%04X: %s, not %s".formatted(c, encoded, expected));
      }
    }
    assertEquals(List.of(), wrong, label);
    return index.size();
  }

  private static int checkRead(String label, Map<Integer, Integer> index, IntFunction<byte[]> bytes)
      throws CharacterCodingException {
    CharsetDecoder decoder = Charsets.named(label).newDecoder();
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<Integer, Integer> entry : index.entrySet()) {
      byte[] of = bytes.apply(entry.getKey());
      String decoded = decoder.decode(ByteBuffer.wrap(of)).toString();
      if (!decoded.equals(text(entry.getValue()))) {
        wrong.add("%s: %s, not U+%04X".formatted(hex(of), decoded, entry.getValue()));
      }
    }
    assertEquals(List.of(), wrong, label);
    return index.size();
  }

  private static byte[] encoded(CharsetEncoder encoder, String text)
      throws CharacterCodingException {
    ByteBuffer encoded = encoder.encode(CharBuffer.wrap(text));
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return bytes;
  }

  private static Map<Integer, Integer> index(String name) {
    Map<Integer, Integer> index = new TreeMap<>();
    for (String line : Resource.lines("index-" + name + ".txt")) {
      int blank = line.indexOf(' ');
      int pointer = Integer.parseInt(line.substring(0, blank));
      for (int c : line.substring(blank + 1).codePoints().toArray()) {
        index.put(pointer++, c);
      }
    }
    return index;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String text(int codePoint) {
    return Character.toString(codePoint);
  }

  private static byte[] two(int first, int second) {
    return new byte[] {(byte) first, (byte) second};
  }
}
