package io.fcrawler.testing;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.read.ListAppender;
import io.fcrawler.logging.BoundedLines;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * All that is logged while this is open, by the configuration of the programs. It changes logging
 * in all of the JVM: a test that uses it runs alone.
 */
public final class ProgramLog implements AutoCloseable {
  private final LoggerContext logging = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

  public ProgramLog() {
    configure("/logback.xml");
    BoundedLines bounded = new BoundedLines();
    bounded.setContext(logging);
    bounded.start();
    appender.addFilter(bounded);
    appender.start();
    Logger root = logging.getLogger(Logger.ROOT_LOGGER_NAME);
    root.detachAndStopAllAppenders();
    root.addAppender(appender);
  }

  private void configure(String resource) {
    logging.reset();
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(logging);
    try {
      configurator.doConfigure(Objects.requireNonNull(ProgramLog.class.getResource(resource)));
    } catch (JoranException e) {
      throw new IllegalStateException(resource, e);
    }
  }

  /** Each line as "LEVEL logger: message", those of stack traces after their own. */
  public List<String> lines() {
    return List.copyOf(appender.list).stream().flatMap(ProgramLog::lines).toList();
  }

  private static Stream<String> lines(ILoggingEvent event) {
    String first =
        "%s %s: %s".formatted(event.getLevel(), event.getLoggerName(), event.getFormattedMessage());
    return event.getThrowableProxy() == null
        ? Stream.of(first)
        : Stream.concat(
            Stream.of(first), ThrowableProxyUtil.asString(event.getThrowableProxy()).lines());
  }

  @Override
  public void close() {
    configure("/logback-test.xml");
  }
}
