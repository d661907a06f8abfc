package io.fcrawler.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads environment variables and remembers all that is wrong with them. A reader that meets a bad
 * value notes it and answers the default, so that the next keys are read too; {@link #check()} then
 * throws once for all of them. Not thread-safe.
 */
public final class Env {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,12})(ms|s|m|h)?");
  private static final int SHOWN = 100;

  private final Map<String, String> variables;
  private final List<String> problems = new ArrayList<>();

  public Env(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /** The value without white space around it; empty where it is absent or blank. */
  public Optional<String> text(String key) {
    return Optional.ofNullable(variables.get(key))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  /** The value, or {@code otherwise} where it is absent or blank. */
  public String text(String key, String otherwise) {
    return text(key).orElse(otherwise);
  }

  /** The value as it is, white space included: for passwords. Empty where it is absent. */
  public Optional<String> secret(String key) {
    return Optional.ofNullable(variables.get(key)).filter(value -> !value.isEmpty());
  }

  /** A whole number from {@code least} to {@code most}. */
  public int integer(String key, int otherwise, int least, int most) {
    return parsed(key, otherwise, value -> wholeNumber(value, least, most));
  }

  /** {@code true} or {@code false}, in any case; also {@code yes/no}, {@code on/off}, 1/0. */
  public boolean flag(String key, boolean otherwise) {
    return parsed(key, otherwise, Env::bool);
  }

  /** {@code 500ms}, {@code 10s}, {@code 2m}, {@code 1h}; a plain number is in milliseconds. */
  public Duration duration(String key, Duration otherwise, Duration least, Duration most) {
    return parsed(key, otherwise, value -> duration(value, least, most));
  }

  /**
   * The value as {@code reader} understands it.
   *
   * @param reader throws IllegalArgumentException, whose message tells what is wrong and what would
   *     be right; the value itself only where it is no secret
   */
  public <T> T parsed(String key, T otherwise, Function<String, T> reader) {
    Optional<String> value = text(key);
    if (value.isEmpty()) {
      return otherwise;
    }
    try {
      return reader.apply(value.get());
    } catch (IllegalArgumentException e) {
      problem(key, String.valueOf(e.getMessage()));
      return otherwise;
    }
  }

  /** Notes that the value of {@code key} cannot be used. */
  public void problem(String key, String message) {
    problems.add(key + ": " + message);
  }

  /** Throws {@link BadConfigException} for all values so far that could not be used, if any. */
  public void check() {
    if (!problems.isEmpty()) {
      throw new BadConfigException(problems);
    }
  }

  /** The text in quotes, cut and without control characters, fit for one line of a message. */
  public static String quoted(String value) {
    String cut = value.length() > SHOWN ? value.substring(0, SHOWN) + "..." : value;
    return '"' + cut.replaceAll("\\p{Cntrl}", "?") + '"';
  }

  private static Integer wholeNumber(String value, int least, int most) {
    String right = " is not a whole number from " + least + " to " + most;
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(quoted(value) + right, e);
    }
    throw new IllegalArgumentException(quoted(value) + right);
  }

  private static Boolean bool(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "1" -> true;
      case "false", "no", "off", "0" -> false;
      default -> throw new IllegalArgumentException(quoted(value) + " is not true or false");
    };
  }

  private static Duration duration(String value, Duration least, Duration most) {
    Matcher matcher = DURATION.matcher(value);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          quoted(value) + " is not a duration such as 500ms, 10s, 2m or 1h");
    }
    Duration duration = duration(Long.parseLong(matcher.group(1)), matcher.group(2));
    if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          quoted(value) + " is not a duration from " + shown(least) + " to " + shown(most));
    }
    return duration;
  }

  private static Duration duration(long number, @Nullable String unit) {
    return switch (unit) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case null, default -> Duration.ofMillis(number);
    };
  }

  /** The duration in the largest unit that shows it whole. */
  private static String shown(Duration duration) {
    long ms = duration.toMillis();
    if (ms == 0 || ms % 1000 != 0) {
      return ms + "ms";
    }
    if (ms % 60_000 != 0) {
      return ms / 1000 + "s";
    }
    return ms % 3_600_000 != 0 ? ms / 60_000 + "m" : ms / 3_600_000 + "h";
  }
}
