package io.fcrawler.worker.robots;

import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A path of an allow or disallow line (RFC 9309, section 2.2.3): a prefix of paths, in which {@code
 * *} stands for any characters and a last {@code $} for the end.
 *
 * @param pieces what is between the stars; the first is where the path begins
 * @param anchored whether the last piece is where the path ends
 * @param length of the whole, in characters; of those that match the longest decides
 */
record PathPattern(List<String> pieces, boolean anchored, int length) {
  private static final Splitter STARS = Splitter.on('*').omitEmptyStrings();

  PathPattern {
    pieces = List.copyOf(pieces);
  }

  /** The pattern of a line whose percent-encoding is in normal form. */
  static PathPattern of(String line) {
    String path = comparable(line.replace(RobotsLine.STRAY_PERCENT, '%'));
    boolean anchored = path.endsWith("$");
    String text = (anchored ? path.substring(0, path.length() - 1) : path).replace("$", "%24");
    int star = text.indexOf('*');
    return new PathPattern(star < 0 ? List.of(text) : pieces(text, star), anchored, path.length());
  }

  private static List<String> pieces(String text, int star) {
    List<String> pieces = new ArrayList<>();
    pieces.add(text.substring(0, star));
    pieces.addAll(STARS.splitToList(text.substring(star)));
    if (text.endsWith("*")) {
      pieces.add("");
    }
    return pieces;
  }

  /**
   * The forms in which the path and query of a URL are compared; a pattern that begins with a star
   * and has no question mark may mean the query as it is written.
   */
  static Set<String> formsOf(String pathAndQuery) {
    String written = pathAndQuery.replace("*", "%2A").replace("$", "%24");
    String comparable = comparable(written);
    return comparable.equals(written) ? Set.of(written) : Set.of(comparable, written);
  }

  /**
   * In queries, colons and slashes mean the same encoded or not: RFC 9309 encodes them. So do
   * apostrophes, which browsers encode there and nowhere else.
   */
  private static String comparable(String path) {
    int query = path.indexOf('?');
    if (query < 0 || path.indexOf('%', query) < 0) {
      return path;
    }
    String rest = path.substring(query);
    return path.substring(0, query)
        + rest.replace("%3A", ":").replace("%2F", "/").replace("%27", "'");
  }

  /** What every path that matches begins with. */
  String start() {
    return pieces.getFirst();
  }

  boolean matches(String path) {
    String first = start();
    if (!path.startsWith(first)) {
      return false;
    }
    int last = pieces.size() - 1;
    if (last == 0) {
      return !anchored || path.length() == first.length();
    }
    int from = first.length();
    for (int i = 1; i < last; i++) {
      int at = Search.indexOf(path, pieces.get(i), from);
      if (at < 0) {
        return false;
      }
      from = at + pieces.get(i).length();
    }
    String end = pieces.get(last);
    return anchored
        ? path.length() - end.length() >= from && path.endsWith(end)
        : Search.indexOf(path, end, from) >= 0;
  }
}
