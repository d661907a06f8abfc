package io.fcrawler.config;

import ch.qos.logback.core.PropertyDefinerBase;

/**
 * The log's format for logback.xml, which is read before any program runs: the default also for a
 * value that is none, so that the complaint about it can be logged.
 */
public final class LogFormatProperty extends PropertyDefinerBase {
  @Override
  public String getPropertyValue() {
    String ofTest = getContext().getProperty(LogFormat.KEY);
    String word = ofTest == null ? System.getenv(LogFormat.KEY) : ofTest;
    return LogFormat.ofWord(word == null ? "" : word.strip()).orElse(LogFormat.PLAIN).word();
  }
}
