package io.fcrawler.worker.parse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A link of a {@code Link} header (RFC 8288, section 3).
 *
 * @param target the URL reference
 * @param relation its first {@code rel} parameter; empty where there is none, as are the others
 * @param type a hint at the target's media type
 * @param anchor of what the link is, where that is not the answer itself
 */
record LinkHeader(String target, String relation, String type, String anchor) {

  private static final Set<String> READ = Set.of("rel", "type", "anchor");

  /** The links of one header, as far as it can be read. */
  static List<LinkHeader> parse(String header) {
    Scanner scanner = new Scanner(header);
    List<LinkHeader> links = new ArrayList<>();
    while (scanner.skipTo('<')) {
      String target = scanner.upTo('>');
      Map<String, String> parameters = new HashMap<>();
      while (scanner.skip(';')) {
        String name = scanner.word().toLowerCase(Locale.ROOT);
        String value = scanner.skip('=') ? scanner.value() : "";
        if (READ.contains(name) && !value.isEmpty()) {
          parameters.putIfAbsent(name, value);
        }
      }
      links.add(
          new LinkHeader(
              target,
              parameters.getOrDefault("rel", ""),
              parameters.getOrDefault("type", ""),
              parameters.getOrDefault("anchor", "")));
    }
    return links;
  }

  /** Reads a header from left to right. */
  private static final class Scanner {
    private final String text;
    private int at;

    Scanner(String text) {
      this.text = text;
    }

    /** Goes behind the next {@code c}; false where there is none. */
    boolean skipTo(char c) {
      int next = text.indexOf(c, at);
      at = next + 1;
      return next >= 0;
    }

    /** What is before the next {@code c}, or the end; goes behind it. */
    String upTo(char c) {
      int end = text.indexOf(c, at);
      String found = text.substring(at, end < 0 ? text.length() : end);
      at = end < 0 ? text.length() : end + 1;
      return found.strip();
    }

    /** Goes behind {@code c} where it is next but for spaces. */
    boolean skip(char c) {
      skipSpaces();
      boolean there = at < text.length() && text.charAt(at) == c;
      at += there ? 1 : 0;
      return there;
    }

    String word() {
      skipSpaces();
      int start = at;
      while (at < text.length() && "=;, \t".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return text.substring(start, at);
    }

    String value() {
      return skip('"') ? quoted() : word();
    }

    private String quoted() {
      StringBuilder value = new StringBuilder();
      while (at < text.length() && text.charAt(at) != '"') {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
          at++;
        }
        value.append(text.charAt(at++));
      }
      at = Math.min(at + 1, text.length());
      return value.toString();
    }

    private void skipSpaces() {
      while (at < text.length() && text.charAt(at) <= ' ') {
        at++;
      }
    }
  }
}
