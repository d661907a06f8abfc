package io.fcrawler.worker.encoding;

/** What the Japanese charsets have in common. */
final class Kana {
  /** The first of the half-width forms. */
  static final int HALF_WIDTH = 0xff61;

  private static final int YEN = 0xa5;
  private static final int OVERLINE = 0x203e;
  private static final int MINUS = 0x2212;
  private static final int FULL_WIDTH_MINUS = 0xff0d;

  /** Index ISO-2022-JP katakana: the full-width forms of the half-width ones. */
  private static final String FULL_WIDTH =
      "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノ" + "ハヒフヘホマミムメモヤユヨラリルレロワン゛゜";

  private Kana() {}

  static boolean isHalfWidth(int codePoint) {
    return codePoint >= HALF_WIDTH && codePoint < HALF_WIDTH + FULL_WIDTH.length();
  }

  static int fullWidth(int codePoint) {
    return isHalfWidth(codePoint) ? FULL_WIDTH.charAt(codePoint - HALF_WIDTH) : codePoint;
  }

  /** The byte of a character that stands for one of ASCII in JIS X 0201; 0 for others. */
  static int roman(int codePoint) {
    return codePoint == YEN ? '\\' : codePoint == OVERLINE ? '~' : 0;
  }

  /** The character of that byte. */
  static int ofRoman(int b) {
    return b == '\\' ? YEN : b == '~' ? OVERLINE : b;
  }

  /** The minus sign as JIS X 0208 has it. */
  static int withMinus(int codePoint) {
    return codePoint == MINUS ? FULL_WIDTH_MINUS : codePoint;
  }
}
