package io.fcrawler.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvTest {
  private static final Duration DEFAULT = Duration.ofSeconds(7);

  @Test
  void absentAndBlankValuesGiveTheDefault() {
    Env env = new Env(Map.of("BLANK", "  ", "EMPTY", ""));

    assertEquals(5, env.integer("BLANK", 5, 1, 9));
    assertEquals("a", env.text("EMPTY", "a"));
    assertTrue(env.flag("ABSENT", true));
    assertEquals(DEFAULT, duration(env, "ABSENT"));
    assertEquals(Optional.empty(), env.secret("EMPTY"));
    assertDoesNotThrow(env::check);
  }

  @Test
  void aTextIsStrippedAndASecretIsNot() {
    Env env = new Env(Map.of("KEY", " value "));

    assertEquals(Optional.of("value"), env.text("KEY"));
    assertEquals(Optional.of(" value "), env.secret("KEY"));
  }

  @ParameterizedTest
  @CsvSource({"500ms,500", "10s,10000", "2m,120000", "1h,3600000", "250,250", "0,0"})
  void aDurationIsReadInItsUnit(String text, long ms) {
    Env env = new Env(Map.of("KEY", text));

    assertEquals(Duration.ofMillis(ms), duration(env, "KEY"));
    assertDoesNotThrow(env::check);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10 s", "-1s", "1.5s", "s", "10d", "1m30s", "9999999999999999999"})
  void whatIsNoDurationIsRefusedWithExamples(String text) {
    Env env = new Env(Map.of("KEY", text));

    assertEquals(DEFAULT, duration(env, "KEY"));
    assertProblem(env, "KEY: \"" + text + "\" is not a duration such as 500ms, 10s, 2m or 1h");
  }

  @Test
  void aDurationOutOfRangeIsRefusedWithTheRange() {
    Env env = new Env(Map.of("KEY", "2h"));
    env.duration("KEY", DEFAULT, Duration.ofMillis(500), Duration.ofMinutes(90));

    assertProblem(env, "KEY: \"2h\" is not a duration from 500ms to 90m");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "10", "-1", "x", "1.5", "99999999999", "0x5"})
  void aNumberOutOfRangeIsRefusedWithTheRange(String text) {
    Env env = new Env(Map.of("KEY", text));

    assertEquals(5, env.integer("KEY", 5, 1, 9));
    assertProblem(env, "KEY: \"" + text + "\" is not a whole number from 1 to 9");
  }

  @ParameterizedTest
  @CsvSource({"true,true", "YES,true", "1,true", "on,true", "False,false", "no,false", "0,false"})
  void aFlagIsReadInAnySpelling(String text, boolean value) {
    Env env = new Env(Map.of("KEY", text));

    assertEquals(value, env.flag("KEY", !value));
    assertDoesNotThrow(env::check);
  }

  @Test
  void allBadKeysAreReportedAtOnceInOneLine() {
    Env env = new Env(Map.of("A", "x", "B", "perhaps", "C", "long\nago"));
    env.integer("A", 1, 1, 2);
    env.flag("B", false);
    duration(env, "C");

    BadConfigException e = assertThrows(BadConfigException.class, env::check);

    assertEquals(
        List.of(
            "A: \"x\" is not a whole number from 1 to 2",
            "B: \"perhaps\" is not true or false",
            "C: \"long?ago\" is not a duration such as 500ms, 10s, 2m or 1h"),
        e.problems());
    assertEquals("Bad configuration: " + String.join("; ", e.problems()), e.getMessage());
    assertFalse(String.valueOf(e.getMessage()).contains("\n"));
  }

  @Test
  void aLongValueIsCutInTheMessage() {
    assertEquals("\"" + "x".repeat(100) + "...\"", Env.quoted("x".repeat(5000)));
  }

  private static Duration duration(Env env, String key) {
    return env.duration(key, DEFAULT, Duration.ZERO, Duration.ofDays(1));
  }

  private static void assertProblem(Env env, String problem) {
    assertEquals(List.of(problem), assertThrows(BadConfigException.class, env::check).problems());
  }
}
