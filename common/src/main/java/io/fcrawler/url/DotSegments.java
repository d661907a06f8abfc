package io.fcrawler.url;

import java.util.regex.Pattern;

/** The path segments that mean this directory and the one above. */
public final class DotSegments {
  private static final Pattern DOT = Pattern.compile("\\.|%2[Ee]");
  private static final Pattern TWO_DOTS = Pattern.compile("(?:\\.|%2[Ee]){2}");
  private static final Pattern ANY = Pattern.compile("/(?:\\.|%2[Ee]){1,2}(?=/|$)");

  private DotSegments() {}

  /** The same path, which begins with a slash, without them; empty segments count as any. */
  public static String remove(String path) {
    if (!ANY.matcher(path).find()) {
      return path;
    }
    StringBuilder kept = new StringBuilder(path.length());
    int start = 1;
    while (start <= path.length()) {
      int slash = path.indexOf('/', start);
      boolean last = slash < 0;
      String segment = path.substring(start, last ? path.length() : slash);
      if (TWO_DOTS.matcher(segment).matches()) {
        kept.setLength(Math.max(kept.lastIndexOf("/"), 0));
        kept.append(last ? "/" : "");
      } else if (DOT.matcher(segment).matches()) {
        kept.append(last ? "/" : "");
      } else {
        kept.append('/').append(segment);
      }
      start = last ? path.length() + 1 : slash + 1;
    }
    return kept.toString();
  }
}
