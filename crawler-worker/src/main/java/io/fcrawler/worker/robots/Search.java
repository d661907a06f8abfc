package io.fcrawler.worker.robots;

/**
 * Finds a text in another in time with their lengths, not with the product of them: long texts of a
 * hostile robots.txt by the algorithm of Knuth, Morris and Pratt.
 */
final class Search {
  /** What the plain way is quick enough for. */
  private static final int SHORT = 32;

  private Search() {}

  /** As {@link String#indexOf(String, int)}. */
  static int indexOf(String text, String piece, int from) {
    if (piece.length() <= SHORT) {
      return text.indexOf(piece, from);
    }
    if (piece.length() > text.length() - from) {
      return -1;
    }
    int[] borders = borders(piece);
    int matched = 0;
    for (int i = from; i < text.length(); i++) {
      matched = next(piece, borders, matched, text.charAt(i));
      if (matched == piece.length()) {
        return i + 1 - matched;
      }
    }
    return -1;
  }

  /** For each beginning of the piece, the length of the longest shorter one that ends it. */
  private static int[] borders(String piece) {
    int[] borders = new int[piece.length() + 1];
    for (int i = 1; i < piece.length(); i++) {
      borders[i + 1] = next(piece, borders, borders[i], piece.charAt(i));
    }
    return borders;
  }

  private static int next(String piece, int[] borders, int matched, char c) {
    int length = matched;
    while (length > 0 && piece.charAt(length) != c) {
      length = borders[length];
    }
    return piece.charAt(length) == c ? length + 1 : length;
  }
}
