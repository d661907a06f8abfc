package io.fcrawler.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogFormatTest {
  @Test
  void plainIsTheDefault() {
    assertEquals(LogFormat.PLAIN, LogFormat.from(new Env(Map.of())));
    assertEquals(LogFormat.PLAIN, LogFormat.from(new Env(Map.of("FCRAWLER_LOG_FORMAT", ""))));
    assertEquals(LogFormat.JSON, LogFormat.from(new Env(Map.of("FCRAWLER_LOG_FORMAT", "json"))));
  }

  @Test
  void anotherFormatIsRefused() {
    Env env = new Env(Map.of("FCRAWLER_LOG_FORMAT", "JSON"));
    LogFormat.from(env);

    assertEquals(
        List.of("FCRAWLER_LOG_FORMAT: \"JSON\" is not plain or json"),
        assertThrows(BadConfigException.class, env::check).problems());
  }
}
