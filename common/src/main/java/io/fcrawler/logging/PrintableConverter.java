package io.fcrawler.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;

/** {@code %printable(...)} in a pattern of logback: what is within, {@link Printable}. */
public final class PrintableConverter extends CompositeConverter<ILoggingEvent> {
  @Override
  protected String transform(ILoggingEvent event, String text) {
    return Printable.of(text);
  }
}
