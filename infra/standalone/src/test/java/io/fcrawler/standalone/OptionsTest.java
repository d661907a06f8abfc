package io.fcrawler.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.standalone.Options.NamedPort;
import io.fcrawler.standalone.Options.Setting;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
  private static final Path DEFAULT = Path.of("/default");

  @Test
  void theDefaultsAreThoseOfTheReadme() {
    assertEquals(new Options(3001, 6379, 9092, DEFAULT, 1, 0, "everysec"), options(Map.of()));
  }

  @Test
  void everySettingHasAVariable() {
    Map<String, String> env =
        Map.of(
            "PORT", "1",
            "REDIS_PORT", "2",
            "KAFKA_PORT", " 3 ",
            "FCRAWLER_DATA", "/data",
            "FCRAWLER_WORKERS", "4",
            "FCRAWLER_WORKER_PORT", "5",
            "REDIS_APPENDFSYNC", "always");

    assertEquals(new Options(1, 2, 3, Path.of("/data"), 4, 5, "always"), options(env));
  }

  @Test
  void anOptionComesBeforeItsVariable() {
    Map<String, String> env =
        Map.of("PORT", "x", "REDIS_PORT", "x", "KAFKA_PORT", "x", "FCRAWLER_WORKERS", "x");

    assertEquals(
        new Options(1, 2, 3, Path.of("/d e"), 4, 0, "everysec"),
        options(
            env,
            "--port=1",
            "--redis-port",
            "2",
            "--kafka-port=3",
            "--data",
            "/d e",
            "--workers",
            "4"));
  }

  @Test
  void ofAnOptionGivenTwiceTheLastCounts() {
    assertEquals(2, options(Map.of(), "--port=1", "--port=2").apiPort());
  }

  @Test
  void anEmptyVariableCountsAsNone() {
    assertEquals(options(Map.of()), options(Map.of("PORT", "", "FCRAWLER_DATA", " ")));
  }

  @Test
  void aRelativeFolderIsOneOfTheWorkingDirectory() {
    assertEquals(Path.of("x").toAbsolutePath(), options(Map.of(), "--data", "x").data());
  }

  @ParameterizedTest
  @CsvSource({
    "PORT, abc, PORT is 'abc': it must be a whole number from 1 to 65535",
    "PORT, 0, PORT is '0': it must be a whole number from 1 to 65535",
    "REDIS_PORT, 65536, REDIS_PORT is '65536': it must be a whole number from 1 to 65535",
    "KAFKA_PORT, -1, KAFKA_PORT is '-1': it must be a whole number from 1 to 65535",
    "KAFKA_PORT, 99999999999, KAFKA_PORT is '99999999999': it must be a whole number from 1 to"
        + " 65535",
    "FCRAWLER_WORKERS, 65, FCRAWLER_WORKERS is '65': it must be a whole number from 0 to 64",
    "FCRAWLER_WORKER_PORT, 65500, FCRAWLER_WORKER_PORT is '65500': it must be a whole number from"
        + " 0 to 65471",
    "REDIS_APPENDFSYNC, sometimes, 'REDIS_APPENDFSYNC is ''sometimes'': it must be one of always,"
        + " everysec, no'",
    "PORT, 6379, --port (PORT) and --redis-port (REDIS_PORT) are both 6379: give each a port of"
        + " its own",
  })
  void aBadVariableIsNamed(String variable, String value, String message) {
    assertEquals(message, failure(Map.of(variable, value)));
  }

  @Test
  void aBadOptionIsNamedAsIt() {
    assertEquals(
        "--workers is 'many': it must be a whole number from 0 to 64",
        failure(Map.of("FCRAWLER_WORKERS", "2"), "--workers", "many"));
  }

  @Test
  void aFolderThatNoFileSystemHasIsRefused() {
    String failure = failure(Map.of("FCRAWLER_DATA", "a\0b"));

    assertEquals("FCRAWLER_DATA is 'a?b', which is no folder's name", failure);
  }

  @Test
  void aMisspeltOptionGetsAHint() {
    String failure = failure(Map.of(), "--worker", "2");

    assertTrue(failure.contains("--worker") && failure.contains("--help"), failure);
    assertEquals(1, failure.lines().count());
  }

  @Test
  void theHelpNamesEveryOptionVariableAndExitCode() {
    String help = Arguments.help();

    Arrays.stream(Setting.values())
        .flatMap(setting -> List.of(setting.option(), setting.variable()).stream())
        .forEach(name -> assertTrue(help.contains(name), name));
    assertTrue(help.contains("Exit codes: 0") && help.contains("REDIS_SERVER"), help);
    assertTrue(help.contains("--demo") && help.contains("130"), help);
    assertTrue(Arguments.parse("--help").isHelp());
  }

  @Test
  void workersWithChosenPortsNeedThemFree() {
    List<NamedPort> ports =
        options(Map.of("FCRAWLER_WORKER_PORT", "8000"), "--workers", "2").ports();

    assertEquals(
        List.of(3001, 6379, 9092, 8000, 8001), ports.stream().map(NamedPort::number).toList());
  }

  @Test
  void aDemoTakesFreePortsThatDifferAndWhatFolderItIsGiven() {
    Map<String, String> env =
        Map.of("PORT", "80", "FCRAWLER_DATA", "/data", "FCRAWLER_WORKER_PORT", "81");

    Options options = Options.forDemo(Arguments.parse("--demo", "--workers=2"), env, DEFAULT);

    assertEquals(DEFAULT, options.data());
    assertEquals(2, options.workers());
    assertEquals(
        3,
        options.ports().stream().map(NamedPort::number).filter(Ports::isFree).distinct().count());
  }

  @ParameterizedTest
  @CsvSource({
    "--port=1, --demo takes free ports and a temporary folder: leave out --port",
    "--data=x, --demo takes free ports and a temporary folder: leave out --data",
    "--workers=0, --workers is '0': it must be a whole number from 1 to 64",
  })
  void whatDoesNotGoWithADemoIsRefused(String argument, String message) {
    Arguments arguments = Arguments.parse("--demo", argument);

    StartFailure failure =
        assertThrows(StartFailure.class, () -> Options.forDemo(arguments, Map.of(), DEFAULT));

    assertEquals(message, failure.line());
  }

  private static Options options(Map<String, String> env, String... args) {
    return Options.of(Arguments.parse(args), env, DEFAULT);
  }

  private static String failure(Map<String, String> env, String... args) {
    return assertThrows(StartFailure.class, () -> options(env, args)).line();
  }
}
