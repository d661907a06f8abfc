package io.fcrawler.url;

import com.ibm.icu.text.IDNA;
import java.util.Set;

/**
 * A domain name that has letters beyond ASCII, and its ASCII form: UTS 46 without transitional
 * processing, with its checks of joiners and of the directions of writing, and without those of
 * lengths, hyphens and signs, by ICU.
 *
 * <p>ICU's tables are loaded with this class, so by the first such name.
 *
 * @see <a href="https://www.unicode.org/reports/tr46/#ToASCII">UTS 46, ToASCII</a>
 * @see <a href="https://url.spec.whatwg.org/#concept-domain-to-ascii">WHATWG URL, domain to
 *     ASCII</a>
 */
final class InternationalName {
  private static final IDNA UTS_46 =
      IDNA.getUTS46Instance(
          IDNA.NONTRANSITIONAL_TO_ASCII
              | IDNA.NONTRANSITIONAL_TO_UNICODE
              | IDNA.CHECK_BIDI
              | IDNA.CHECK_CONTEXTJ);

  /** What ICU always checks, and browsers do not. */
  private static final Set<IDNA.Error> ALLOWED =
      Set.of(
          IDNA.Error.EMPTY_LABEL,
          IDNA.Error.LABEL_TOO_LONG,
          IDNA.Error.DOMAIN_NAME_TOO_LONG,
          IDNA.Error.LEADING_HYPHEN,
          IDNA.Error.TRAILING_HYPHEN,
          IDNA.Error.HYPHEN_3_4);

  private InternationalName() {}

  /** The form in ASCII, which may have any sign of ASCII, and parts of any length. */
  static String toAscii(String name) throws MalformedUrlException {
    StringBuilder ascii = new StringBuilder(name.length() + 16);
    IDNA.Info info = new IDNA.Info();
    UTS_46.nameToASCII(name, ascii, info);
    for (IDNA.Error error : info.getErrors()) {
      if (!ALLOWED.contains(error)) {
        throw new MalformedUrlException(reason(error));
      }
    }
    return ascii.toString();
  }

  /** The form in letters of a name in ASCII; the name itself where it encodes no right one. */
  static String toUnicode(String ascii) {
    StringBuilder name = new StringBuilder(ascii.length());
    IDNA.Info info = new IDNA.Info();
    UTS_46.nameToUnicode(ascii, name, info);
    return ALLOWED.containsAll(info.getErrors()) ? name.toString() : ascii;
  }

  private static String reason(IDNA.Error error) {
    return switch (error) {
      case PUNYCODE, INVALID_ACE_LABEL -> "has a host with a part after xn-- that encodes nothing";
      case BIDI -> "has a host that mixes letters of both directions of writing";
      case CONTEXTJ -> "has a host with a joiner between letters that do not join";
      default -> "has a host with characters other than letters, digits, hyphens and dots";
    };
  }
}
