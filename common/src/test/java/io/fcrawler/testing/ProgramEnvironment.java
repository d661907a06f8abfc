package io.fcrawler.testing;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The environment of a program that a test starts: that of this JVM without what would configure
 * the program, such as a {@code REDIS_URL} of whoever runs the tests.
 */
public final class ProgramEnvironment {
  private static final Pattern SETTINGS =
      Pattern.compile("(FCRAWLER|KAFKA|REDIS)_.*|PORT|JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS");

  /** By these the processes of a check are found and ended. */
  private static final Set<String> MARKS = Set.of("FCRAWLER_CHECK", "FCRAWLER_CI_RUN");

  private ProgramEnvironment() {}

  /** Gives a program these settings and no others. */
  public static void set(ProcessBuilder program, Map<String, String> settings) {
    program
        .environment()
        .keySet()
        .removeIf(name -> SETTINGS.matcher(name).matches() && !MARKS.contains(name));
    program.environment().putAll(settings);
  }
}
