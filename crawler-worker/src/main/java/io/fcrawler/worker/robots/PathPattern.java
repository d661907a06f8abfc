package io.fcrawler.worker.robots;

import com.google.common.base.Splitter;
import java.util.List;

/**
 * A path of an allow or disallow line (RFC 9309, section 2.2.3): a prefix of paths, in which {@code
 * *} stands for any characters and a last {@code $} for the end.
 *
 * @param pieces what is between the stars; the first is where the path begins
 * @param anchored whether the last piece is where the path ends
 */
record PathPattern(List<String> pieces, boolean anchored) {
  private static final Splitter STARS = Splitter.on('*');

  PathPattern {
    pieces = List.copyOf(pieces);
  }

  /** The pattern of a line whose percent-encoding is in normal form. */
  static PathPattern of(String line) {
    boolean anchored = line.endsWith("$");
    String path = anchored ? line.substring(0, line.length() - 1) : line;
    return new PathPattern(STARS.splitToList(comparable(path.replace("$", "%24"))), anchored);
  }

  /** The form in which the path and query of a URL are compared. */
  static String ofUrl(String pathAndQuery) {
    String path = pathAndQuery;
    if (path.indexOf('*') >= 0 || path.indexOf('$') >= 0) {
      path = path.replace("*", "%2A").replace("$", "%24");
    }
    return comparable(path);
  }

  /** In queries, colons and slashes mean the same encoded or not; RFC 9309 encodes them. */
  private static String comparable(String path) {
    int query = path.indexOf('?');
    if (query < 0 || path.indexOf('%', query) < 0) {
      return path;
    }
    return path.substring(0, query) + path.substring(query).replace("%3A", ":").replace("%2F", "/");
  }

  boolean matches(String path) {
    String first = pieces.getFirst();
    if (!path.startsWith(first)) {
      return false;
    }
    int last = pieces.size() - 1;
    if (last == 0) {
      return !anchored || path.length() == first.length();
    }
    int from = first.length();
    for (int i = 1; i < last; i++) {
      int at = path.indexOf(pieces.get(i), from);
      if (at < 0) {
        return false;
      }
      from = at + pieces.get(i).length();
    }
    String end = pieces.get(last);
    return anchored
        ? path.length() - end.length() >= from && path.endsWith(end)
        : path.indexOf(end, from) >= 0;
  }
}
