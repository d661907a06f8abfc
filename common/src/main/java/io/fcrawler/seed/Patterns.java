package io.fcrawler.seed;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.regex.Matcher;

/**
 * The limits of a user's patterns. RE2 matches in linear time, but a few characters such as {@code
 * ((a{1000}){1000}){1000}} can make a program of any size, so the size is estimated before one is
 * compiled, and measured afterwards.
 */
final class Patterns {
  private static final int MAX_PATTERNS = 100;
  private static final int MAX_LENGTH = 1000;
  private static final double MAX_ESTIMATE = 1_000_000;
  private static final int MAX_SIZE = 10_000;
  private static final java.util.regex.Pattern REPETITION =
      java.util.regex.Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?}");

  private Patterns() {}

  /** Throws {@link BadInputException} for {@code field} where a pattern cannot be taken. */
  static void check(String field, List<String> patterns) {
    if (patterns.size() > MAX_PATTERNS) {
      throw new BadInputException(field, field + " takes at most " + MAX_PATTERNS + " patterns");
    }
    int size = 0;
    for (String pattern : patterns) {
      size += size(field, pattern);
      if (size > MAX_SIZE) {
        throw tooLarge(field);
      }
    }
  }

  private static int size(String field, String pattern) {
    if (pattern.length() > MAX_LENGTH) {
      throw new BadInputException(
          field, field + " takes patterns of at most " + MAX_LENGTH + " characters");
    }
    if (estimate(pattern) > MAX_ESTIMATE) {
      throw tooLarge(field);
    }
    try {
      return Pattern.compile(pattern).programSize();
    } catch (PatternSyntaxException e) {
      throw new BadInputException(
          field,
          field + " takes RE2 patterns such as ^https://example\\.com/docs/; " + e.getMessage());
    }
  }

  /** At least the size of the program, as if every repetition were within all others. */
  private static double estimate(String pattern) {
    double estimate = pattern.length();
    Matcher matcher = REPETITION.matcher(pattern);
    while (matcher.find()) {
      int least = Integer.parseInt(matcher.group(1));
      String most = matcher.group(2);
      int times = most == null || most.isEmpty() ? least : Integer.parseInt(most);
      estimate *= Math.max(1, times);
    }
    return estimate;
  }

  private static BadInputException tooLarge(String field) {
    return new BadInputException(
        field, field + " takes fewer or simpler patterns: their repetitions make them too large");
  }
}
