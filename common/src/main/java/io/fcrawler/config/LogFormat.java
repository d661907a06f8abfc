package io.fcrawler.config;

import java.util.Arrays;
import java.util.Optional;

/** The form of log lines: {@code FCRAWLER_LOG_FORMAT}. */
public enum LogFormat {
  PLAIN("plain"),
  JSON("json");

  static final String KEY = "FCRAWLER_LOG_FORMAT";
  private final String word;

  LogFormat(String word) {
    this.word = word;
  }

  public static LogFormat from(Env env) {
    return env.parsed(
        KEY,
        PLAIN,
        value ->
            ofWord(value)
                .orElseThrow(() ->
                    new IllegalArgumentException(Env.quoted(value) + " is not plain or json")));
  }

  static Optional<LogFormat> ofWord(String word) {
    return Arrays.stream(values()).filter(format -> format.word.equals(word)).findFirst();
  }

  /** The word in the environment, which is also the name of an appender in logback.xml. */
  public String word() {
    return word;
  }
}
