package io.fcrawler.jmh;

import java.nio.charset.StandardCharsets;

/** Pages to be parsed, the same in each run. */
public enum SamplePage {
  /** About 12 KiB, almost all of it text, with 40 links that are plain references. */
  TEXT(TextPage.markup()),

  /** About 27 KB, as of a Javadoc tree: nested elements, attributes and entities, little text. */
  MARKUP(MarkupPage.markup());

  private final String markup;

  SamplePage(String markup) {
    this.markup = markup;
  }

  byte[] bytes() {
    return markup.getBytes(StandardCharsets.UTF_8);
  }
}
