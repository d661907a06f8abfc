package io.fcrawler.worker.parse;

import java.util.Arrays;

/**
 * Text as a browser shows it on one line: words separated by single spaces. Spaces and control
 * characters of any kind separate words; characters without width are left out.
 */
final class NormalText {
  private static final char SOFT_HYPHEN = '\u00ad';
  private static final char ZERO_WIDTH_SPACE = '\u200b';
  private static final char BYTE_ORDER_MARK = '\ufeff';

  /** Text is looked at in pieces of this length, which is faster than in its string. */
  private static final int PIECE = 512;

  private final int limit;
  private char[] text = new char[64];
  private int length;
  private boolean inWord;
  private boolean truncated;
  private int words;

  /**
   * An empty text.
   *
   * @param limit characters that are kept; words are counted beyond it
   */
  NormalText(int limit) {
    this.limit = limit;
  }

  /** Ends a word, as at the border of a paragraph. */
  void breakWord() {
    inWord = false;
  }

  void append(String more) {
    char[] piece = new char[Math.min(PIECE, more.length())];
    for (int from = 0; from < more.length(); from += PIECE) {
      int count = Math.min(PIECE, more.length() - from);
      more.getChars(from, from + count, piece, 0);
      append(piece, count);
    }
  }

  private void append(char[] chars, int count) {
    int at = 0;
    while (at < count) {
      char c = chars[at];
      if (isPlain(c)) {
        int end = endOfPlain(chars, at, count);
        put(chars, at, end - at);
        at = end;
      } else {
        appendOther(chars, at++);
      }
    }
  }

  /**
   * Where plain words end that single spaces separate, as most text is; counts all but the first.
   */
  private int endOfPlain(char[] chars, int start, int count) {
    int at = start;
    while (at < count) {
      if (isPlain(chars[at])) {
        at++;
      } else if (chars[at] == ' ' && at + 1 < count && isPlain(chars[at + 1])) {
        words++;
        at += 2;
      } else {
        break;
      }
    }
    return at;
  }

  private void appendOther(char[] chars, int at) {
    char c = chars[at];
    if (isSpace(c)) {
      inWord = false;
    } else if (c != SOFT_HYPHEN && c != ZERO_WIDTH_SPACE && c != BYTE_ORDER_MARK) {
      put(chars, at, 1);
    }
  }

  private void put(char[] chars, int start, int wanted) {
    int space = inWord || length == 0 ? 0 : 1;
    if (!inWord) {
      inWord = true;
      words++;
    }
    if (truncated) {
      return;
    }
    int count = Math.min(wanted, limit - length - space);
    truncated = count < wanted;
    if (count <= 0) {
      return;
    }
    if (length + space + count > text.length) {
      text = Arrays.copyOf(text, Math.min(limit, 2 * (length + space + count)));
    }
    if (space > 0) {
      text[length++] = ' ';
    }
    System.arraycopy(chars, start, text, length, count);
    length += truncated && chars[start + count - 1] == ' ' ? count - 1 : count;
  }

  /** Whether a character is one of ASCII that is seen. */
  private static boolean isPlain(char c) {
    return c > ' ' && c < 0x7f;
  }

  private static boolean isSpace(char c) {
    return c <= ' ' || (c >= 0x7f && c <= 0xa0) || (c >= 0x1680 && Character.isSpaceChar(c));
  }

  int words() {
    return words;
  }

  boolean isTruncated() {
    return truncated;
  }

  @Override
  public String toString() {
    int end = length;
    if (end > 0 && Character.isHighSurrogate(text[end - 1])) {
      end--; // the limit cut a character
    }
    return new String(text, 0, end);
  }
}
