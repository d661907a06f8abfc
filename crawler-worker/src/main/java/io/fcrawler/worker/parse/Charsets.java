package io.fcrawler.worker.parse;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The charsets of the web by their labels. A label means what browsers take it for, which is often
 * a superset of what it says.
 *
 * @see <a href="https://encoding.spec.whatwg.org/#names-and-labels">WHATWG Encoding</a>
 */
final class Charsets {
  static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  private static final Map<String, String> MEANT =
      Map.ofEntries(
          Map.entry("ascii", "windows-1252"),
          Map.entry("us-ascii", "windows-1252"),
          Map.entry("iso-8859-1", "windows-1252"),
          Map.entry("iso8859-1", "windows-1252"),
          Map.entry("iso_8859-1", "windows-1252"),
          Map.entry("latin1", "windows-1252"),
          Map.entry("l1", "windows-1252"),
          Map.entry("iso-8859-9", "windows-1254"),
          Map.entry("latin5", "windows-1254"),
          Map.entry("iso-8859-11", "windows-874"),
          Map.entry("tis-620", "windows-874"),
          Map.entry("gb2312", "GB18030"),
          Map.entry("gb_2312-80", "GB18030"),
          Map.entry("gbk", "GB18030"),
          Map.entry("x-gbk", "GB18030"),
          Map.entry("chinese", "GB18030"),
          Map.entry("big5", "Big5-HKSCS"),
          Map.entry("x-x-big5", "Big5-HKSCS"),
          Map.entry("shift_jis", "windows-31j"),
          Map.entry("shift-jis", "windows-31j"),
          Map.entry("sjis", "windows-31j"),
          Map.entry("x-sjis", "windows-31j"),
          Map.entry("ms_kanji", "windows-31j"),
          Map.entry("euc-kr", "x-windows-949"),
          Map.entry("ks_c_5601-1987", "x-windows-949"),
          Map.entry("korean", "x-windows-949"),
          Map.entry("windows-949", "x-windows-949"),
          Map.entry("utf8", "UTF-8"),
          Map.entry("unicode-1-1-utf-8", "UTF-8"),
          Map.entry("utf-16", "UTF-16LE"),
          Map.entry("unicode", "UTF-16LE"),
          Map.entry("macintosh", "x-MacRoman"),
          Map.entry("mac", "x-MacRoman"),
          Map.entry("koi8-ru", "KOI8-U"),
          Map.entry("koi", "KOI8-R"),
          Map.entry("x-cp1250", "windows-1250"),
          Map.entry("x-cp1251", "windows-1251"),
          Map.entry("x-cp1252", "windows-1252"),
          Map.entry("x-euc-jp", "EUC-JP"));

  /** Those of the web; the JDK knows others, in which markup may hide from filters. */
  private static final Pattern OF_THE_WEB =
      Pattern.compile(
          "utf-8|utf-16[lb]e|windows-(125\\d|874|31j)|cp125\\d|iso-?8859-\\d+|latin[1-6]|koi8-[ru]"
              + "|ibm866|cp866|gb18030|euc-jp|iso-2022-jp|big5-hkscs|x-windows-949|x-macroman"
              + "|x-mac-cyrillic");

  private Charsets() {}

  /** The charset of a label; empty where no page on the web is in it. */
  static Optional<Charset> of(String label) {
    String name = label.strip().toLowerCase(Locale.ROOT);
    String meant = MEANT.getOrDefault(name, name);
    if (!OF_THE_WEB.matcher(meant.toLowerCase(Locale.ROOT)).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Charset.forName(meant));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return Optional.empty();
    }
  }

  /** The charset that the body itself declares; one that cannot be read so far means UTF-8. */
  static Optional<Charset> declared(String label) {
    return of(label)
        .map(charset -> charset.name().startsWith("UTF-16") ? StandardCharsets.UTF_8 : charset);
  }
}
