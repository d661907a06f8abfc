package io.fcrawler.logging;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import org.jspecify.annotations.Nullable;

/**
 * {@code %printableTrace} in a pattern of logback: an exception with its stack trace, whose
 * messages are {@link Printable}.
 */
public final class PrintableTraceConverter extends ThrowableProxyConverter {
  @Override
  protected String throwableProxyToString(IThrowableProxy exception) {
    return super.throwableProxyToString(new PrintableException(exception));
  }

  /** An exception as it is but for its message, and those of its causes. */
  private record PrintableException(IThrowableProxy exception) implements IThrowableProxy {
    private static @Nullable IThrowableProxy of(@Nullable IThrowableProxy exception) {
      return exception == null ? null : new PrintableException(exception);
    }

    private static @Nullable String printable(@Nullable String text) {
      return text == null ? null : Printable.of(text);
    }

    @Override
    public @Nullable String getMessage() {
      return printable(exception.getMessage());
    }

    @Override
    public @Nullable String getOverridingMessage() {
      return printable(exception.getOverridingMessage());
    }

    @Override
    public String getClassName() {
      return exception.getClassName();
    }

    @Override
    public StackTraceElementProxy[] getStackTraceElementProxyArray() {
      return exception.getStackTraceElementProxyArray();
    }

    @Override
    public int getCommonFrames() {
      return exception.getCommonFrames();
    }

    @Override
    public @Nullable IThrowableProxy getCause() {
      return of(exception.getCause());
    }

    @Override
    public IThrowableProxy @Nullable [] getSuppressed() {
      IThrowableProxy @Nullable [] suppressed = exception.getSuppressed();
      if (suppressed == null) {
        return null;
      }
      IThrowableProxy[] printable = new IThrowableProxy[suppressed.length];
      for (int i = 0; i < suppressed.length; i++) {
        printable[i] = new PrintableException(suppressed[i]);
      }
      return printable;
    }

    @Override
    public boolean isCyclic() {
      return exception.isCyclic();
    }
  }
}
