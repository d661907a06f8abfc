package io.fcrawler.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenSettingsTest {
  @ParameterizedTest
  @CsvSource({
    "'', 127.0.0.1:7",
    "0.0.0.0, 0.0.0.0:7",
    "'::', '[::]:7'",
    "192.0.2.7, 192.0.2.7:7",
  })
  void onlyLoopbackIsListenedOnUnlessAnAddressIsNamed(String bind, String at) {
    assertEquals(at, read(Map.of("FCRAWLER_BIND", bind)).at(7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"eth0", "localhost", "127.0.0.1:80", "*"})
  void whatIsNoAddressIsRefused(String bind) {
    String message = refused(Map.of("FCRAWLER_BIND", bind));

    assertTrue(message.contains("is not an IP address such as 127.0.0.1"), message);
  }

  @Test
  void namesAreListedInAnySpelling() {
    assertEquals(
        Set.of("a.example", "xn--bcher-kva.example"),
        read(Map.of("FCRAWLER_ALLOW_HOSTS", " A.example., bücher.example ,")).hosts());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://a.example", "a.example:80", "a.example/b", "*.example", "a..b"})
  void whatIsNoNameIsRefused(String hosts) {
    String message = refused(Map.of("FCRAWLER_ALLOW_HOSTS", hosts));

    assertTrue(message.contains("is not a host name such as fcrawler.example.com"), message);
  }

  private static String refused(Map<String, String> variables) {
    Env env = new Env(variables);
    ListenSettings.from(env, "PORT", 1);
    return String.valueOf(assertThrows(BadConfigException.class, env::check).getMessage());
  }

  private static ListenSettings read(Map<String, String> variables) {
    Env env = new Env(variables);
    ListenSettings read = ListenSettings.from(env, "PORT", 1);
    env.check();
    return read;
  }
}
