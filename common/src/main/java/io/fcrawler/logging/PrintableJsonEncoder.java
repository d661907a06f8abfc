package io.fcrawler.logging;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.nio.charset.StandardCharsets;

/**
 * Logback's JSON, a line for each event, and {@link Printable}: it escapes the ASCII controls
 * alone, as JSON must, but terminals and editors heed others as well.
 */
public final class PrintableJsonEncoder extends JsonEncoder {
  @Override
  public byte[] encode(ILoggingEvent event) {
    String line = new String(super.encode(event), StandardCharsets.UTF_8).stripTrailing();
    return (Printable.of(line) + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
  }
}
