package io.fcrawler.worker.parse;

import io.fcrawler.worker.encoding.Charsets;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a page that declares no charset is most likely written in, as far as it is not UTF-8: the
 * charset in which most of its characters are common ones of a language. Telling the charsets of
 * one alphabet apart needs some words; a page without characters beyond ASCII is in any.
 */
final class CharsetGuess {
  private static final int SAMPLE = 64 << 10;
  private static final int ESCAPE = 0x1b;
  private static final int FIRST_PRINTED = 0xa0;
  private static final double STRANGE = -3;
  private static final double USUAL = 0.3;
  private static final double BESIDE = 0.4;

  /** Stands in texts of all languages. */
  private static final String NEUTRAL = "\u00a0«»„“”‘’‚‹›–—…•·°©®™№§¿¡×€£、。「」・！？，：；（）《》";

  /** How a script's letters stand in a text. */
  private enum Letters {
    /** Most are ASCII; others are mostly alone. */
    LATIN,
    /** Words of others; alone they mean nothing. */
    ALPHABET,
    /** Two bytes each. */
    SYMBOLS
  }

  /**
   * A charset, and what is common in it.
   *
   * @param common its most frequent characters, in lower case
   * @param usual of the characters that are used at all; {@code null} where all are
   */
  private record Candidate(
      Charset charset, Letters letters, String common, @Nullable Charset usual) {
    Candidate(String charset, Letters letters, String common) {
      this(Charsets.named(charset), letters, common, null);
    }

    Candidate(String charset, String common, String usual) {
      this(Charsets.named(charset), Letters.SYMBOLS, common, Charset.forName(usual));
    }
  }

  private static final String RUSSIAN = "оеаинтсрвлкмдпуяыьізїє";
  private static final String KANA = kana();
  private static final String POLISH_TO_HUNGARIAN = "ąćęłńóśźżáčďéěíňřšťúůýžôľĺŕäöüőűâăîșțşţđß";
  private static final List<Candidate> CANDIDATES =
      List.of(
          new Candidate("windows-1252", Letters.LATIN, "àáâãäåæçèéêëìíîïñòóôõöøùúûüœßÀÇÉÈÊÄÖÜØÅÑª"),
          new Candidate("windows-1250", Letters.LATIN, POLISH_TO_HUNGARIAN),
          new Candidate("ISO-8859-2", Letters.LATIN, POLISH_TO_HUNGARIAN),
          new Candidate("windows-1254", Letters.LATIN, "çğıöşüÇĞİÖŞÜâîû"),
          new Candidate("windows-1257", Letters.LATIN, "āčēģīķļņšūžąęėįųõäöüŠŽČ"),
          new Candidate("windows-1251", Letters.ALPHABET, RUSSIAN),
          new Candidate("KOI8-U", Letters.ALPHABET, RUSSIAN),
          new Candidate("IBM866", Letters.ALPHABET, RUSSIAN),
          new Candidate("ISO-8859-5", Letters.ALPHABET, RUSSIAN),
          new Candidate("windows-1253", Letters.ALPHABET, "αοιετσνηυρπκμλςωδγάέήίόύώ"),
          new Candidate("windows-1255", Letters.ALPHABET, "יוהלאתרמבשנםדע"),
          new Candidate("windows-1256", Letters.ALPHABET, "اليونمربتعدسفكهةأحقجی"),
          new Candidate("windows-874", Letters.ALPHABET, "านรอกเงมยลวดทสตะปบค่้ัิีไแุ์ข"),
          new Candidate("shift_jis", KANA, "Shift_JIS"),
          new Candidate("euc-jp", KANA, "Shift_JIS"),
          new Candidate(
              "gb18030",
              "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年"
                  + "过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心"
                  + "本前开但因只从想实日者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问"
                  + "很最重并物手应战向头文体政美相见被利什二等产",
              "GB2312"),
          new Candidate(
              "big5",
              "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年"
                  + "過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心"
                  + "本前開但因只從想實日者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問"
                  + "很最重並物手應戰向頭文體政美相見被利什二等產",
              "Big5"),
          new Candidate("euc-kr", "이다의는에을가한고하지로도사기어서나은시자를대리인정과스아그수있해부일전", "EUC-KR"));

  private CharsetGuess() {}

  /** The charset of a page that is not in UTF-8. */
  static Charset of(byte[] body) {
    @Nullable Charset marked = marked(body);
    if (marked != null) {
      return marked;
    }
    int first = firstBeyondAscii(body);
    byte[] sample = Arrays.copyOfRange(body, first, Math.min(body.length, first + SAMPLE));
    Candidate best = CANDIDATES.getFirst();
    double most = 0;
    for (Candidate candidate : CANDIDATES) {
      double score = score(sample, candidate);
      if (score > most) {
        most = score;
        best = candidate;
      }
    }
    return best.charset();
  }

  /** UTF-16 by the zeros of its first characters, ISO-2022-JP by its escapes. */
  static @Nullable Charset marked(byte[] body) {
    if (body.length >= 4 && body[0] != 0 && body[1] == 0 && body[2] != 0 && body[3] == 0) {
      return StandardCharsets.UTF_16LE;
    } else if (body.length >= 4 && body[0] == 0 && body[1] != 0 && body[2] == 0 && body[3] != 0) {
      return StandardCharsets.UTF_16BE;
    }
    for (int i = 0; i + 2 < body.length; i++) {
      boolean escapes = body[i] == ESCAPE && body[i + 1] == '$';
      if (escapes && (body[i + 2] == 'B' || body[i + 2] == '@')) {
        return Charsets.named("iso-2022-jp");
      }
    }
    return null;
  }

  private static int firstBeyondAscii(byte[] body) {
    int first = 0;
    while (first < body.length && body[first] >= 0) {
      first++;
    }
    return first;
  }

  /** The share of a sample's characters beyond ASCII that are common ones, from 0 to 1. */
  private static double score(byte[] sample, Candidate candidate) {
    String text = new String(sample, candidate.charset());
    int end = text.endsWith("\ufffd") ? text.length() - 1 : text.length(); // cut there
    @Nullable CharsetEncoder usual =
        candidate.usual() == null ? null : candidate.usual().newEncoder();
    int characters = 0;
    double sum = 0;
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c >= 0x80 && NEUTRAL.indexOf(c) < 0) {
        characters++;
        sum += isStrange(c) ? STRANGE : weight(text, i, candidate, usual);
      }
    }
    return characters == 0 ? 0 : sum / characters;
  }

  private static double weight(
      String text, int at, Candidate candidate, @Nullable CharsetEncoder usual) {
    char c = text.charAt(at);
    boolean common = candidate.common().indexOf(c) >= 0;
    boolean inWord =
        (at > 0 && isLetter(text.charAt(at - 1)))
            || (at + 1 < text.length() && isLetter(text.charAt(at + 1)));
    return switch (candidate.letters()) {
      case LATIN -> !common ? 0 : inWord ? BESIDE : 1;
      case ALPHABET -> common && inWord ? 1 : 0;
      case SYMBOLS -> common ? 1 : usual != null && usual.canEncode(c) ? USUAL : 0;
    };
  }

  private static boolean isLetter(char c) {
    return c >= 0x80
        && (Character.isLetter(c) || Character.getType(c) == Character.NON_SPACING_MARK);
  }

  private static boolean isStrange(char c) {
    return c < FIRST_PRINTED || c == '\ufffd' || Character.getType(c) == Character.PRIVATE_USE;
  }

  /** Hiragana and katakana. */
  private static String kana() {
    return IntStream.rangeClosed(0x3041, 0x30fc)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
