package io.fcrawler.worker.parse;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The meta tags of HTML that is still bytes, one after the other. */
final class MetaTags {
  /** Elements whose content is text. */
  private static final Set<String> TEXT =
      Set.of("script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes");

  private static final int MAX_NAME = 16;

  private final byte[] bytes;
  private final boolean skipsText;
  private final Map<String, String> attributes = new HashMap<>();
  private int at;

  /**
   * Tags of the bytes.
   *
   * @param skipsText whether tags within elements of text are none
   */
  MetaTags(byte[] bytes, boolean skipsText) {
    this.bytes = bytes;
    this.skipsText = skipsText;
  }

  /** Goes to the next meta tag; false where there is none. */
  boolean next() {
    while (at < bytes.length) {
      if (bytes[at] != '<') {
        at++;
      } else if (isAt(at, "<!--")) {
        skipComment();
      } else if (isLetter(at + 1) || (byteAt(at + 1) == '/' && isLetter(at + 2))) {
        if (tag()) {
          return true;
        }
      } else {
        boolean other = "!/?".indexOf(byteAt(at + 1)) >= 0;
        at = other ? behind('>', at) : at + 1;
      }
    }
    return false;
  }

  /** An attribute of this tag, the first of its name; {@code null} where it has none. */
  @Nullable String attribute(String name) {
    return attributes.get(name);
  }

  /** Reads a tag; whether it is of a meta element, and whole. */
  private boolean tag() {
    boolean start = byteAt(at + 1) != '/';
    at += start ? 1 : 2;
    String name = name();
    boolean meta = start && name.equals("meta");
    attributes.clear();
    while (attribute(meta)) {}
    boolean whole = at < bytes.length;
    at++;
    if (start && skipsText && TEXT.contains(name)) {
      skipText(name);
    } else if (start && skipsText && name.equals("plaintext")) {
      at = bytes.length;
    }
    return meta && whole;
  }

  private String name() {
    int start = at;
    while (at < bytes.length && !isSpace(at) && bytes[at] != '/' && bytes[at] != '>') {
      at++;
    }
    return at - start > MAX_NAME ? "" : lower(start, at);
  }

  /** Reads an attribute; false where the tag ends before one, at its {@code >} or at the end. */
  private boolean attribute(boolean kept) {
    while (at < bytes.length && (isSpace(at) || bytes[at] == '/')) {
      at++;
    }
    if (at >= bytes.length || bytes[at] == '>') {
      return false;
    }
    int start = at++;
    while (at < bytes.length && !isSpace(at) && "=/>".indexOf(bytes[at]) < 0) {
      at++;
    }
    int end = at;
    skipSpaces();
    if (byteAt(at) == '=') {
      at++;
      value(start, end, kept);
    } else if (kept) {
      attributes.putIfAbsent(lower(start, end), "");
    }
    return true;
  }

  private void value(int nameStart, int nameEnd, boolean kept) {
    skipSpaces();
    int quote = byteAt(at);
    boolean quoted = quote == '"' || quote == '\'';
    int start = quoted ? ++at : at;
    while (at < bytes.length && (quoted ? bytes[at] != quote : !isSpace(at) && bytes[at] != '>')) {
      at++;
    }
    if (kept) {
      String value = new String(bytes, start, at - start, StandardCharsets.ISO_8859_1);
      attributes.putIfAbsent(lower(nameStart, nameEnd), value);
    }
    at += quoted && at < bytes.length ? 1 : 0;
  }

  /** A comment ends at {@code -->}, whose dashes may be its first, or at {@code --!>}. */
  private void skipComment() {
    int end = at + 2;
    while (end < bytes.length && !isAt(end, "-->") && !(end > at + 3 && isAt(end, "--!>"))) {
      end++;
    }
    at = behind('>', Math.min(end, bytes.length));
  }

  private void skipText(String name) {
    String end = "</" + name;
    while (at < bytes.length) {
      int behind = at + end.length();
      boolean ends = bytes[at] == '<' && isAt(at, end);
      if (ends && (isSpace(behind) || byteAt(behind) == '/' || byteAt(behind) == '>')) {
        return;
      }
      at++;
    }
  }

  private void skipSpaces() {
    while (isSpace(at)) {
      at++;
    }
  }

  /** Behind the next {@code c}; the end where there is none. */
  private int behind(char c, int from) {
    int place = from;
    while (place < bytes.length && bytes[place] != c) {
      place++;
    }
    return Math.min(place + 1, bytes.length);
  }

  /** Whether a text in lower case stands there, in any case. */
  private boolean isAt(int place, String text) {
    for (int i = 0; i < text.length(); i++) {
      int b = byteAt(place + i);
      if ((b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean isLetter(int place) {
    int b = byteAt(place) | 0x20;
    return b >= 'a' && b <= 'z';
  }

  private boolean isSpace(int place) {
    int b = byteAt(place);
    return b == ' ' || b == '\t' || b == '\n' || b == '\f' || b == '\r';
  }

  /** The byte at a place; negative behind the end, and for what is not ASCII. */
  private int byteAt(int place) {
    return place < bytes.length ? bytes[place] : -1;
  }

  private String lower(int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1)
        .toLowerCase(Locale.ROOT);
  }
}
