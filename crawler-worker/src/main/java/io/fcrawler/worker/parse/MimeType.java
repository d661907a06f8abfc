package io.fcrawler.worker.parse;

import io.fcrawler.worker.encoding.Charsets;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A MIME type.
 *
 * @param essence type and subtype, in lower case
 * @param parameters by their names in lower case
 * @see <a href="https://mimesniff.spec.whatwg.org/#parsing-a-mime-type">WHATWG MIME Sniffing,
 *     section 4.4</a>
 */
record MimeType(String essence, Map<String, String> parameters) {
  private static final String CHARSET = "charset";
  private static final String ANY = "*/*";
  private static final String WHITESPACE = "\n\r\t ";
  private static final String TOKEN_SIGNS = "!#$%&'*+-.^_`|~";

  MimeType {
    parameters = Map.copyOf(parameters);
  }

  /** Parses one type; empty where it is none. */
  static Optional<MimeType> parse(String text) {
    Scanner scanner = new Scanner(stripped(text));
    String type = scanner.until("/");
    if (!scanner.skip()) {
      return Optional.empty();
    }
    String subtype = strippedAtEnd(scanner.until(";"));
    if (!isToken(type) || !isToken(subtype)) {
      return Optional.empty();
    }
    Map<String, String> parameters = new HashMap<>();
    while (scanner.skip()) {
      scanner.parameter(parameters);
    }
    return Optional.of(new MimeType(lower(type + "/" + subtype), parameters));
  }

  /**
   * The type that the {@code Content-Type} headers of an answer mean: the last one that is valid,
   * with the charset of those before it that have the same essence.
   *
   * @param headers their values, joined by commas
   * @see <a href="https://fetch.spec.whatwg.org/#concept-header-extract-mime-type">WHATWG Fetch,
   *     section 2.2.2</a>
   */
  static Optional<MimeType> ofHeaders(String headers) {
    @Nullable MimeType last = null;
    @Nullable String charset = null;
    for (String value : split(headers)) {
      @Nullable MimeType type = parse(value).orElse(null);
      if (type == null || type.essence.equals(ANY)) {
        continue;
      }
      @Nullable String own = type.parameters.get(CHARSET);
      if (last == null || !type.essence.equals(last.essence)) {
        charset = own;
      } else if (own == null && charset != null) {
        type = type.withCharset(charset);
      }
      last = type;
    }
    return Optional.ofNullable(last);
  }

  /**
   * The essence of a type; of what is none, that which comes before the first blank, comma,
   * semicolon or parenthesis, as some browsers have it.
   */
  static String essence(String text) {
    return parse(text)
        .map(MimeType::essence)
        .orElseGet(() -> lower(new Scanner(stripped(text)).until(WHITESPACE + ",;(")));
  }

  /** The charset that the type names; empty where no page on the web is in it. */
  Optional<Charset> charset() {
    return Optional.ofNullable(parameters.get(CHARSET)).flatMap(Charsets::of);
  }

  private MimeType withCharset(String charset) {
    Map<String, String> with = new HashMap<>(parameters);
    with.put(CHARSET, charset);
    return new MimeType(essence, with);
  }

  /** The values of a header, at the commas that are not within quotes. */
  private static List<String> split(String headers) {
    List<String> values = new ArrayList<>();
    Scanner scanner = new Scanner(headers);
    StringBuilder value = new StringBuilder();
    while (!scanner.ended()) {
      value.append(scanner.until("\","));
      if (scanner.isAt('"')) {
        int start = scanner.at;
        scanner.quoted();
        value.append(headers, start, scanner.at);
      } else if (scanner.skip()) {
        values.add(value.toString());
        value.setLength(0);
      }
    }
    values.add(value.toString());
    return values;
  }

  private static boolean isToken(String text) {
    return !text.isEmpty() && text.chars().allMatch(MimeType::isTokenSign);
  }

  private static boolean isTokenSign(int c) {
    return (c < 0x80 && Character.isLetterOrDigit(c)) || TOKEN_SIGNS.indexOf(c) >= 0;
  }

  private static boolean isQuotable(int c) {
    return c == '\t' || (c >= ' ' && c < 0x7f) || (c >= 0x80 && c <= 0xff);
  }

  private static boolean isWhitespace(int c) {
    return WHITESPACE.indexOf(c) >= 0;
  }

  private static String stripped(String text) {
    int start = 0;
    while (start < text.length() && isWhitespace(text.charAt(start))) {
      start++;
    }
    return strippedAtEnd(text.substring(start));
  }

  private static String strippedAtEnd(String text) {
    int end = text.length();
    while (end > 0 && isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** Reads a type from left to right. */
  private static final class Scanner {
    private final String text;
    private int at;

    Scanner(String text) {
      this.text = text;
    }

    boolean ended() {
      return at == text.length();
    }

    boolean isAt(char c) {
      return !ended() && text.charAt(at) == c;
    }

    /** Goes behind the next character; false at the end. */
    boolean skip() {
      boolean there = !ended();
      at += there ? 1 : 0;
      return there;
    }

    /** What is before the first of some characters, or the end. */
    String until(String ends) {
      return whileEach(c -> ends.indexOf(c) < 0);
    }

    private String whileEach(IntPredicate wanted) {
      int start = at;
      while (!ended() && wanted.test(text.charAt(at))) {
        at++;
      }
      return text.substring(start, at);
    }

    /** Reads a parameter up to its semicolon; adds it where it is valid and the first so named. */
    void parameter(Map<String, String> parameters) {
      whileEach(MimeType::isWhitespace);
      String name = lower(until(";="));
      if (!isAt('=')) {
        return;
      }
      at++;
      boolean quotes = isAt('"');
      String value = quotes ? quoted() : strippedAtEnd(until(";"));
      until(";");
      boolean valid = (quotes || !value.isEmpty()) && value.chars().allMatch(MimeType::isQuotable);
      if (valid && isToken(name)) {
        parameters.putIfAbsent(name, value);
      }
    }

    /** The value of a quoted string, which may lack its end. */
    String quoted() {
      StringBuilder value = new StringBuilder();
      at++;
      while (!ended()) {
        value.append(until("\"\\"));
        if (!skip() || text.charAt(at - 1) == '"') {
          break;
        }
        value.append(ended() ? '\\' : text.charAt(at));
        skip();
      }
      return value.toString();
    }
  }
}
