package io.fcrawler.api;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Guesses which name was meant. */
final class Spelling {
  private static final int MOST_EDITS = 3;
  private static final int LONGEST = 50;

  private Spelling() {}

  /** The known name that differs least from {@code name}, if one is near. */
  static Optional<String> nearest(String name, List<String> known) {
    if (name.length() > LONGEST) {
      return Optional.empty();
    }
    return known.stream()
        .filter(candidate -> edits(name, candidate) <= MOST_EDITS)
        .min(Comparator.comparingInt(candidate -> edits(name, candidate)));
  }

  /** Levenshtein's distance; case, hyphens and underscores count for nothing. */
  private static int edits(String name, String candidate) {
    String a = plain(name);
    String b = plain(candidate);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
  }
}
