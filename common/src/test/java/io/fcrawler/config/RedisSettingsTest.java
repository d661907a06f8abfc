package io.fcrawler.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.testing.TestingCertificate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisSettingsTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  @TempDir Path folder;

  @Test
  void nothingSetMeansARedisOnThisMachine() {
    assertEquals(
        settings("redis://localhost:6379", Optional.empty(), Optional.empty(), 0),
        RedisSettings.fromEnv(Map.of()));
  }

  @Test
  void hostPortAndTheRestAreReadOneByOne() {
    Map<String, String> variables =
        Map.of(
            "REDIS_HOST", "redis_1.internal",
            "REDIS_PORT", "6380",
            "REDIS_USERNAME", "crawler",
            "REDIS_PASSWORD", " p@ss ",
            "REDIS_DB", "3",
            "REDIS_CONNECT_TIMEOUT", "250ms",
            "REDIS_DATA_DIR", ".");

    assertEquals(
        new RedisSettings(
            List.of("redis://redis_1.internal:6380"),
            Optional.empty(),
            Optional.of("crawler"),
            Optional.of(" p@ss "),
            3,
            Duration.ofMillis(250),
            Optional.empty(),
            Optional.of(Path.of("."))),
        RedisSettings.fromEnv(variables));
  }

  @ParameterizedTest
  @CsvSource({
    "redis://h,redis://h:6379,,,0",
    "redis://h/,redis://h:6379,,,0",
    "redis://h:1/15,redis://h:1,,,15",
    "rediss://h:6380,rediss://h:6380,,,0",
    "redis://:secret@h,redis://h:6379,,secret,0",
    "redis://user:secret@h:7/2,redis://h:7,user,secret,2",
    "redis://us%2Fer:a+b%40%3A%2F%25%C3%A4@h,redis://h:6379,us/er,a+b@:/%ä,0",
    "redis://user:a:b@[::1]:7,redis://[::1]:7,user,a:b,0",
  })
  void aUrlIsTakenApartAndDecoded(
      String url, String address, String username, String password, int database) {
    assertEquals(
        settings(address, Optional.ofNullable(username), Optional.ofNullable(password), database),
        RedisSettings.fromEnv(Map.of("REDIS_URL", url)));
  }

  @Test
  void theUrlGoesBeforeTheSingleKeysWhichFillWhatItLeavesOut() {
    Map<String, String> variables =
        Map.of(
            "REDIS_URL", "redis://crawler@h:7",
            "REDIS_HOST", "other",
            "REDIS_PORT", "tcp://10.0.0.1:6379",
            "REDIS_PASSWORD", "secret",
            "REDIS_DB", "4");

    assertEquals(
        settings("redis://h:7", Optional.of("crawler"), Optional.of("secret"), 4),
        RedisSettings.fromEnv(variables));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://h",
        "h:6379",
        "redis://",
        "redis://:s3cret@",
        "redis://:s3cret/x@h",
        "redis://:s3cret#x@h",
        "redis://:s3cret@h/x",
        "redis://:s3cret@h:0",
        "redis://:s3cret@h:70000",
        "redis://:s3cret@h/70000",
        "redis://:s3cret@h?db=1",
        "redis://:s3cret%4@h",
        "redis://:s3cret@h y",
        "redis://:s3cret@h1,h2",
        "redis://:s3cret@h/master/0",
        "redis-sentinel://:s3cret@h/master",
        "redis+sentinel://:s3cret@h,/master",
        "redis+sentinel://:s3cret@h/master/70000",
        "redis+sentinel://:s3cret@h/master/0/1",
        "redis+sentinel://:s3cret@h/my master"
      })
  void aBadUrlIsRefusedWithoutShowingItsSecret(String url) {
    BadConfigException e = refusal(Map.of("REDIS_URL", url));

    assertEquals(1, e.problems().size());
    assertTrue(e.problems().getFirst().startsWith("REDIS_URL: "));
    assertFalse(e.toString().contains("s3cret"), e.toString());
  }

  @Test
  void aUserNameWithoutAPasswordIsRefused() {
    assertEquals(
        List.of("REDIS_PASSWORD: a user name is given, but no password"),
        refusal(Map.of("REDIS_URL", "redis://secret@h")).problems());
  }

  @Test
  void sentinelsAreNamedWithTheirMasterAndHaveTheirOwnCredentials() {
    Map<String, String> variables =
        Map.of(
            "REDIS_URL", "rediss+sentinel://user:secret@a,b:1,[::1]/my-master.1/3",
            "REDIS_SENTINEL_USERNAME", "watcher",
            "REDIS_SENTINEL_PASSWORD", "another");

    assertEquals(
        new RedisSettings(
            List.of("rediss://a:26379", "rediss://b:1", "rediss://[::1]:26379"),
            Optional.of(
                new RedisSettings.Sentinel(
                    "my-master.1", Optional.of("watcher"), Optional.of("another"))),
            Optional.of("user"),
            Optional.of("secret"),
            3,
            TIMEOUT,
            Optional.empty(),
            Optional.empty()),
        RedisSettings.fromEnv(variables));
    assertEquals(
        List.of("REDIS_SENTINEL_PASSWORD: a user name is given, but no password"),
        refusal(Map.of("REDIS_URL", "redis+sentinel://h/m", "REDIS_SENTINEL_USERNAME", "watcher"))
            .problems());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"redis+sentinel://a,b", "redis+sentinel://a,b/", "redis+sentinel://a,b//0"})
  void sentinelsWithoutTheNameOfAMasterAreRefused(String url) {
    assertEquals(
        List.of(
            "REDIS_URL: after the Sentinels the name of the master is missing, such as /mymaster"),
        refusal(Map.of("REDIS_URL", url)).problems());
  }

  @Test
  void authoritiesAreForTlsAlone() {
    String file = TestingCertificate.make(folder).certificate().toString();
    assertEquals(
        Optional.of(new CaFile(Path.of(file))),
        RedisSettings.fromEnv(Map.of("REDIS_URL", "rediss://h", "REDIS_TLS_CA_FILE", file))
            .caFile());
    assertEquals(
        List.of(
            "REDIS_TLS_CA_FILE: needs a REDIS_URL that begins with rediss:// or rediss+sentinel://"),
        refusal(Map.of("REDIS_TLS_CA_FILE", file)).problems());
    assertEquals(
        List.of(
            "REDIS_TLS_CA_FILE: \"absent\" is not a file that can be read, with certificates in PEM"),
        refusal(Map.of("REDIS_TLS_CA_FILE", "absent")).problems());
  }

  @Test
  void everyBadKeyIsReported() {
    Map<String, String> variables =
        Map.of(
            "REDIS_HOST", "h:6379",
            "REDIS_PORT", "tcp://10.0.0.1:6379",
            "REDIS_DB", "-1",
            "REDIS_CONNECT_TIMEOUT", "soon",
            "REDIS_DATA_DIR", "pom.xml");

    assertEquals(
        List.of(
            "REDIS_HOST: \"h:6379\" is not a host such as localhost; a port goes into REDIS_PORT",
            "REDIS_PORT: \"tcp://10.0.0.1:6379\" is not a whole number from 1 to 65535",
            "REDIS_DB: \"-1\" is not a whole number from 0 to 65535",
            "REDIS_CONNECT_TIMEOUT: \"soon\" is not a duration such as 500ms, 10s, 2m or 1h",
            "REDIS_DATA_DIR: \"pom.xml\" is not a folder that can be seen here"),
        refusal(variables).problems());
  }

  @Test
  void theTextHidesThePassword() {
    Map<String, String> url = Map.of("REDIS_URL", "redis://user:s3cret@h/2");

    assertEquals(
        "RedisSettings[user:*** at redis://h:6379, database 2, connectTimeout PT3S]",
        RedisSettings.fromEnv(url).toString());
    assertEquals(
        "RedisSettings[user:*** at mine by redis://a:26379,redis://b:1, database 0,"
            + " connectTimeout PT3S]",
        RedisSettings.fromEnv(Map.of("REDIS_URL", "redis+sentinel://user:s3cret@a,b:1/mine"))
            .toString());
    assertEquals(
        "Sentinel[mine]",
        new RedisSettings.Sentinel("mine", Optional.of("me"), Optional.of("s3cret")).toString());
    assertEquals("RedisUrl[redis://h:6379]", RedisUrl.parse("redis://:s3cret@h").toString());
  }

  private static BadConfigException refusal(Map<String, String> variables) {
    return assertThrows(BadConfigException.class, () -> RedisSettings.fromEnv(variables));
  }

  private static RedisSettings settings(
      String address, Optional<String> username, Optional<String> password, int database) {
    return new RedisSettings(
        List.of(address),
        Optional.empty(),
        username,
        password,
        database,
        TIMEOUT,
        Optional.empty(),
        Optional.empty());
  }
}
