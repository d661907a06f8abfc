package io.fcrawler.worker.encoding;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * gb18030, and GBK, which reads the same but writes fewer characters.
 *
 * @see <a href="https://encoding.spec.whatwg.org/#gb18030">WHATWG Encoding, section 10.2</a>
 */
final class Gb18030 extends MultiByteCharset {
  private static final Index INDEX = new Index("gb18030", pointer -> true);
  private static final int TRAILS = 190;
  private static final int FIRSTS = 10 * 126 * 10;
  private static final int SECONDS = 10 * 126;
  private static final int EURO = 0x20ac;
  private static final int EURO_BYTE = 0x80;

  /** Written as four bytes, but read as one of the index. */
  private static final int UNWRITTEN = 0xe5e5;

  private static final int OUT_OF_RANGE = 0xe7c7;
  private static final int OUT_OF_RANGE_POINTER = 7457;

  /** Private characters as GB18030-2005 has them. */
  private static final Map<Integer, Integer> OF_2005 = of2005();

  /** The ranges of four bytes, read when first needed. */
  private static final class Ranges {
    static final NavigableMap<Integer, Integer> BY_POINTER = new TreeMap<>();
    static final NavigableMap<Integer, Integer> BY_CODE_POINT = new TreeMap<>();

    static {
      for (String line : Resource.lines("index-gb18030-ranges.txt")) {
        int blank = line.indexOf(' ');
        int pointer = Integer.parseInt(line, 0, blank, 10);
        int codePoint = Integer.parseInt(line, blank + 1, line.length(), 16);
        BY_POINTER.put(pointer, codePoint);
        BY_CODE_POINT.put(codePoint, pointer);
      }
    }

    private Ranges() {}

    static int codePoint(int pointer) {
      if ((pointer > 39419 && pointer < 189000) || pointer > 1237575) {
        return Index.NONE;
      }
      Map.Entry<Integer, Integer> range = BY_POINTER.floorEntry(pointer);
      return pointer == OUT_OF_RANGE_POINTER
          ? OUT_OF_RANGE
          : range.getValue() + pointer - range.getKey();
    }

    static int pointer(int codePoint) {
      Map.Entry<Integer, Integer> range = BY_CODE_POINT.floorEntry(codePoint);
      return codePoint == OUT_OF_RANGE
          ? OUT_OF_RANGE_POINTER
          : range.getValue() + codePoint - range.getKey();
    }
  }

  private final boolean gbk;

  Gb18030(String name, boolean gbk) {
    super(name);
    this.gbk = gbk;
  }

  @Override
  int character(ByteBuffer in, int at, int end) {
    int first = in.get(at) & 0xff;
    if (first == EURO_BYTE) {
      return read(1, EURO);
    } else if (first == 0xff) {
      return invalid(1);
    } else if (end - at < 2) {
      return INCOMPLETE;
    }
    int second = in.get(at + 1) & 0xff;
    if (within(second, '0', '9')) {
      return four(in, at, end);
    }
    boolean trail = within(second, 0x40, 0x7e) || within(second, 0x80, 0xfe);
    int offset = second < 0x7f ? 0x40 : 0x41;
    int pointer = (first - 0x81) * TRAILS + second - offset;
    return ofTwo(trail ? INDEX.codePoint(pointer) : Index.NONE, second);
  }

  private static int four(ByteBuffer in, int at, int end) {
    if (end - at < 3) {
      return INCOMPLETE;
    }
    int third = in.get(at + 2) & 0xff;
    if (!within(third, 0x81, 0xfe)) {
      return invalid(1);
    } else if (end - at < 4) {
      return INCOMPLETE;
    }
    int fourth = in.get(at + 3) & 0xff;
    if (!within(fourth, '0', '9')) {
      return invalid(1);
    }
    int first = in.get(at) & 0xff;
    int second = in.get(at + 1) & 0xff;
    int codePoint =
        Ranges.codePoint(
            (first - 0x81) * FIRSTS
                + (second - '0') * SECONDS
                + (third - 0x81) * 10
                + fourth
                - '0');
    return codePoint == Index.NONE ? invalid(4) : read(4, codePoint);
  }

  @Override
  int bytes(int codePoint) {
    if (codePoint == UNWRITTEN || isSurrogate(codePoint)) {
      return NONE;
    } else if (gbk && codePoint == EURO) {
      return EURO_BYTE;
    }
    int of2005 = OF_2005.getOrDefault(codePoint, NONE);
    if (of2005 != NONE) {
      return of2005;
    }
    int pointer = INDEX.pointer(codePoint);
    if (pointer != Index.NONE) {
      int trail = pointer % TRAILS;
      return (pointer / TRAILS + 0x81) << 8 | trail + (trail < 0x3f ? 0x40 : 0x41);
    }
    return gbk ? NONE : four(Ranges.pointer(codePoint));
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static int four(int pointer) {
    return (pointer / FIRSTS + 0x81) << 24
        | (pointer % FIRSTS / SECONDS + '0') << 16
        | (pointer % SECONDS / 10 + 0x81) << 8
        | pointer % 10 + '0';
  }

  private static Map<Integer, Integer> of2005() {
    Map<Integer, Integer> bytes = new HashMap<>();
    int[] codePoints = {
      0xe78d, 0xe78e, 0xe78f, 0xe790, 0xe791, 0xe792, 0xe793, 0xe794, 0xe795, 0xe796, 0xe81e,
      0xe826, 0xe82b, 0xe82c, 0xe832, 0xe843, 0xe854, 0xe864
    };
    int[] written = {
      0xa6d9, 0xa6da, 0xa6db, 0xa6dc, 0xa6dd, 0xa6de, 0xa6df, 0xa6ec, 0xa6ed, 0xa6f3, 0xfe59,
      0xfe61, 0xfe66, 0xfe67, 0xfe6d, 0xfe7e, 0xfe90, 0xfea0
    };
    for (int i = 0; i < codePoints.length; i++) {
      bytes.put(codePoints[i], written[i]);
    }
    return Map.copyOf(bytes);
  }
}
