package io.fcrawler.worker.encoding;

import java.nio.charset.Charset;

/** A charset of the standard, told by its name from that of the JDK, which differs. */
abstract class WebCharset extends Charset {
  WebCharset(String name) {
    super("x-whatwg-" + name, new String[0]);
  }

  @Override
  public final boolean contains(Charset other) {
    return other.equals(this);
  }
}
