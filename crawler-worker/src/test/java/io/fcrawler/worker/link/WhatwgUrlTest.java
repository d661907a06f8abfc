package io.fcrawler.worker.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fcrawler.url.CrawlUrl;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The WHATWG's rules by the vectors of web-platform-tests, {@code wpt/README.md}: all that have an
 * http or https base, or are http or https URLs themselves. What differs is in {@code
 * docs/urls.md}.
 */
class WhatwgUrlTest {
  /** Absolute http and https URLs, whose base does not matter where it is of the other scheme. */
  private static final Pattern ABSOLUTE =
      Pattern.compile(
          "(?is)[\\x00-\\x20]*h[\\n\\t]*t[\\n\\t]*t[\\n\\t]*p[\\n\\t]*(s?)[\\n\\t]*:.*");

  /** Names that OkHttp does not take: with an underscore in Punycode, or with none that decodes. */
  private static final Pattern NO_NAME_FOR_OKHTTP = Pattern.compile("xn--(?:[^.]*_|pokxncvks|\\z)");

  /** How a URL may differ from that of a browser. */
  private enum Difference {
    /** None. */
    SAME,
    /** Left out. */
    USER_INFO,
    /** A question mark without a query, left out. */
    EMPTY_QUERY,
    /** One spelling of what may be percent-encoded in several ways. */
    ENCODING,
    /** Refused. */
    PORT_ZERO,
    /** Refused: a host with nothing between two dots. */
    EMPTY_LABEL,
    /** Refused: a host with signs other than hyphens and underscores. */
    SIGNS_IN_HOST,
    /** None of these. */
    OTHER
  }

  /**
   * A test.
   *
   * @param href what a browser makes of it, without the fragment; empty where that is no http or
   *     https URL
   */
  private record Vector(String input, CrawlUrl base, Optional<String> href) {
    Optional<CrawlUrl> ours() {
      return LinkResolver.resolve(base, input);
    }

    Difference difference() {
      @Nullable String ours = ours().map(CrawlUrl::value).orElse(null);
      @Nullable String theirs = href.orElse(null);
      if (Objects.equals(ours, theirs)) {
        return Difference.SAME;
      } else if (ours == null) {
        return refused(Objects.requireNonNull(theirs));
      } else if (theirs == null) {
        return Difference.OTHER;
      }
      return spelled(ours, theirs);
    }

    private static Difference spelled(String ours, String theirs) {
      String anonymous = theirs.replaceFirst("//[^/@]*@", "//");
      if (!anonymous.equals(theirs) && normal(anonymous).equals(ours)) {
        return Difference.USER_INFO;
      } else if (theirs.equals(ours + "?")) {
        return Difference.EMPTY_QUERY;
      }
      return normal(theirs).equals(ours) ? Difference.ENCODING : Difference.OTHER;
    }

    private static String normal(String url) {
      return CrawlUrl.parse(url).orElseThrow().value();
    }

    private static Difference refused(String theirs) {
      String host = theirs.replaceFirst("(?s)https?://([^/]*).*", "$1");
      if (host.endsWith(":0")) {
        return Difference.PORT_ZERO;
      } else if (("." + host).contains("..")) {
        return Difference.EMPTY_LABEL;
      }
      return host.matches(".*[!\"$&'()*+,;=`{}~].*") ? Difference.SIGNS_IN_HOST : Difference.OTHER;
    }
  }

  @Test
  void justTheDocumentedDifferencesAreThere() throws IOException {
    Map<Difference, Integer> counts = new EnumMap<>(Difference.class);
    List<Vector> others = new ArrayList<>();
    for (Vector vector : vectors()) {
      counts.merge(vector.difference(), 1, Integer::sum);
      if (vector.difference() == Difference.OTHER) {
        others.add(vector);
      }
    }
    assertEquals(List.of(), others);
    assertEquals(
        "{SAME=431, USER_INFO=31, EMPTY_QUERY=4, ENCODING=9, PORT_ZERO=2,"
            + " EMPTY_LABEL=3, SIGNS_IN_HOST=1}",
        counts.toString());
  }

  @Test
  void theRequestIsForTheUrlAsItIs() throws IOException {
    for (Vector vector : vectors()) {
      vector.ours().ifPresent(WhatwgUrlTest::assertSent);
    }
    long seed = Long.getLong("fcrawler.test.seed", System.nanoTime());
    Random random = new Random(seed);
    String signs = "ab0./%25cC3;,:@&=+$!'()*~-_?#<>[]{}|\\^`\" \u007fä日\ud83d\ude00";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder reference = new StringBuilder();
      for (int n = random.nextInt(16); n > 0; n--) {
        reference.append(signs.charAt(random.nextInt(signs.length())));
      }
      CrawlUrl base = CrawlUrl.parse("http://h.example/a/b?c").orElseThrow();
      LinkResolver.resolve(base, reference.toString()).ifPresent(WhatwgUrlTest::assertSent);
    }
  }

  @Test
  void namesInOtherLettersAreRequestedAsTheyAre() {
    for (String name :
        List.of(
            "İstanbul", "نامه\u200cای", "ශ\u0dca\u200dරී", "straße", "βόλος", "≠", "日本", "💩")) {
      CrawlUrl url = CrawlUrl.parse("http://" + name + ".example/").orElseThrow();
      HttpUrl sent = Objects.requireNonNull(HttpUrl.parse(url.value()), name);
      assertEquals(url.value(), sent.toString());
    }
  }

  /**
   * OkHttp reads URLs by rules of its own; what it makes of these must be what is meant, and only
   * those with such a name must be none.
   */
  private static void assertSent(CrawlUrl url) {
    HttpUrl sent = HttpUrl.parse(url.value());
    if (sent == null) {
      assertTrue(NO_NAME_FOR_OKHTTP.matcher(url.host()).find(), url.value());
      return;
    }
    assertEquals(url.value(), sent.toString());
    assertEquals(url.host(), sent.host().contains(":") ? "[" + sent.host() + "]" : sent.host());
    assertEquals(url.port(), sent.port());
  }

  private static List<Vector> vectors() throws IOException {
    List<Vector> vectors = new ArrayList<>();
    try (InputStream data = WhatwgUrlTest.class.getResourceAsStream("/wpt/urltestdata.json")) {
      for (JsonNode test : new ObjectMapper().readTree(Objects.requireNonNull(data))) {
        if (test.isObject()) {
          vector(test).ifPresent(vectors::add);
        }
      }
    }
    return vectors;
  }

  private static Optional<Vector> vector(JsonNode test) {
    String input = test.path("input").textValue();
    String href = test.path("href").asText("");
    Optional<String> web =
        Optional.of(href.replaceFirst("(?s)#.*", "")).filter(WhatwgUrlTest::isWeb);
    return base(input, test.path("base").asText("")).map(base -> new Vector(input, base, web));
  }

  private static Optional<CrawlUrl> base(String input, String base) {
    if (isWeb(base)) {
      return CrawlUrl.parse(base.replaceFirst("//[^/@]*@", "//"));
    }
    var absolute = ABSOLUTE.matcher(input);
    return absolute.matches()
        ? CrawlUrl.parse(absolute.group(1).isEmpty() ? "https://b.invalid/" : "http://b.invalid/")
        : Optional.empty();
  }

  private static boolean isWeb(String url) {
    return url.startsWith("http:") || url.startsWith("https:");
  }
}
