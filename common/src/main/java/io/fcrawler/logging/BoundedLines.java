package io.fcrawler.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A filter of logback's appenders that bounds what libraries log: of each logger that is not this
 * program's own, 20 lines within 10 s. How many are left out is told when those are over. Kafka's
 * consumer has a line for each partition of a topic that is gone, and each time that it asks.
 */
public final class BoundedLines extends Filter<ILoggingEvent> {
  static final int MOST = 20;
  static final long SPAN_NS = TimeUnit.SECONDS.toNanos(10);

  private static final Logger LOG = LoggerFactory.getLogger(BoundedLines.class);
  private static final String OWN = "io.fcrawler.";

  /**
   * An offset that was not committed, as in a rebalance, is for lag monitors alone; the next is.
   */
  private static final String NO_NEWS = "Offset commit failed on partition";

  private final LongSupplier nanos;

  /** By the logger's name: libraries have a bounded number of them. */
  private final Map<String, Span> spans = new HashMap<>();

  /** Lines since a time. */
  private static final class Span {
    long sinceNs;
    long lines;
  }

  /** For logback. */
  public BoundedLines() {
    this(System::nanoTime);
  }

  BoundedLines(LongSupplier nanos) {
    this.nanos = nanos;
  }

  @Override
  public FilterReply decide(ILoggingEvent event) {
    if (event.getLoggerName().startsWith(OWN)) {
      return FilterReply.NEUTRAL;
    }
    if (event.getFormattedMessage().contains(NO_NEWS)) {
      return FilterReply.DENY;
    }
    return fits(event.getLoggerName()) ? FilterReply.NEUTRAL : FilterReply.DENY;
  }

  private synchronized boolean fits(String logger) {
    Span span = spans.computeIfAbsent(logger, _ -> new Span());
    long now = nanos.getAsLong();
    if (span.lines == 0 || now - span.sinceNs >= SPAN_NS) {
      span.sinceNs = now;
      span.lines = 0;
    }
    span.lines++;
    if (span.lines == MOST + 1) {
      tellLater(logger, span);
    }
    return span.lines <= MOST;
  }

  /** An appender drops what it is given within an append, as this is. */
  private void tellLater(String logger, Span span) {
    if (getContext() != null) {
      var _ =
          getContext()
              .getScheduledExecutorService()
              .schedule(() -> tell(logger, span), SPAN_NS, TimeUnit.NANOSECONDS);
    }
  }

  private void tell(String logger, Span span) {
    LOG.warn("{} had {} more lines within 10 s, which are left out", logger, leftOut(span));
  }

  private synchronized long leftOut(Span span) {
    long leftOut = Math.max(0, span.lines - MOST);
    span.lines = 0;
    return leftOut;
  }
}
