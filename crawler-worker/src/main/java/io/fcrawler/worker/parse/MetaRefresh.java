package io.fcrawler.worker.parse;

import java.util.Optional;

/**
 * The target of a refresh, as of {@code <meta http-equiv=refresh>} or of the header.
 *
 * @see <a
 *     href="https://html.spec.whatwg.org/multipage/semantics.html#shared-declarative-refresh-steps">HTML,
 *     shared declarative refresh steps</a>
 */
final class MetaRefresh {
  private final String text;
  private int at;

  private MetaRefresh(String text) {
    this.text = text;
  }

  /** The URL reference; empty where the page refreshes itself, or the text is none. */
  static Optional<String> target(String text) {
    return new MetaRefresh(text).read();
  }

  private Optional<String> read() {
    skipSpaces();
    if (!skipTime()) {
      return Optional.empty();
    }
    boolean spaces = skipSpaces();
    boolean separator = skip(';') || skip(',');
    skipSpaces();
    if (at == text.length() || !(spaces || separator)) {
      return Optional.empty();
    }
    skipName();
    return Optional.of(unquoted()).filter(target -> !target.isEmpty());
  }

  /** Digits, then digits and dots; the digits may be missing where there is a dot. */
  private boolean skipTime() {
    int start = at;
    while (at < text.length() && (isDigit() || text.charAt(at) == '.')) {
      at++;
    }
    return at > start;
  }

  private boolean isDigit() {
    return text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }

  /** Skips {@code url =}; where it is not all there, nothing. */
  private void skipName() {
    int start = at;
    if (text.regionMatches(true, at, "url", 0, 3)) {
      at += 3;
      skipSpaces();
      if (skip('=')) {
        skipSpaces();
      } else {
        at = start;
      }
    }
  }

  private String unquoted() {
    String rest = text.substring(at);
    if (rest.startsWith("'") || rest.startsWith("\"")) {
      int end = rest.indexOf(rest.charAt(0), 1);
      return rest.substring(1, end < 0 ? rest.length() : end).strip();
    }
    return rest.strip();
  }

  private boolean skip(char c) {
    boolean there = at < text.length() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  private boolean skipSpaces() {
    int start = at;
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
    return at > start;
  }
}
