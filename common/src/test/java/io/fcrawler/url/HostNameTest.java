package io.fcrawler.url;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of hosts in other letters, by vectors of {@code idna/README.md}. */
class HostNameTest {
  /** What a name of the DNS may be, of those that browsers take. */
  private static final Pattern DNS =
      Pattern.compile("(?=.{1,254}\\z)[a-z0-9_-]{1,63}(?:\\.[a-z0-9_-]{1,63})*\\.?");

  @Test
  void everyNameOfWebPlatformTestsIsAsInBrowsersOrRefused() throws IOException {
    List<String> wrong = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    int right = 0;
    for (JsonNode vector : vectors()) {
      String input = vector.path("input").asText();
      Optional<String> theirs = Optional.ofNullable(vector.path("output").textValue());
      Optional<String> ours = normal(input);
      if (ours.equals(theirs.map(name -> name.replaceFirst("(?<=.)\\.$", "")))) {
        right++;
      } else if (ours.isEmpty() && !DNS.matcher(theirs.orElse("")).matches()) {
        refused.add(input);
      } else {
        wrong.add(input + ": " + ours + ", not " + theirs);
      }
    }
    assertEquals(List.of(), wrong);
    assertEquals(List.of(77, 10), List.of(right, refused.size()), refused.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "İstanbul.example, xn--istanbul-o0e.example",
    "istanbul.example, istanbul.example",
    "IŞIK.example, xn--iik-sza.example",
    "ＩＳＴＡＮＢＵＬ。example, istanbul.example",
    "نامه\u200cای.example, xn--mgba3gch31f060k.example",
    "ශ\u0dca\u200dරී.example, xn--10cl1a0b660p.example",
    "ΒΌΛΟΣ.example, xn--nxasmq6b.example",
    "βόλος.example, xn--nxasmm1c.example",
    "www.straße.de, www.xn--strae-oqa.de",
    "xn--a.example, xn--a.example",
    "①②③.④, 123.0.0.4"
  })
  void aNameInOtherLettersHasOneFormInAscii(String name, String ascii)
      throws MalformedUrlException {
    assertEquals(ascii, HostName.normal(name));
  }

  @ParameterizedTest
  @CsvSource({
    "a\u200db.example, has a host with a joiner between letters that do not join",
    "يa.example, has a host that mixes letters of both directions of writing",
    "ü.xn--a, has a host with a part after xn-- that encodes nothing",
    "xn--tešla.example, has a host with a part after xn-- that encodes nothing",
    "\u0301a.example, 'has a host with characters other than letters, digits, hyphens and dots'"
  })
  void aNameThatNoneMayHaveIsRefusedWithTheReason(String name, String reason) {
    assertEquals(reason, refusal(name));
  }

  @Test
  void aNameThatIsMuchTooLongIsNotMapped() {
    assertEquals("has a host of 1026 characters; at most 253 are right", refusal("ü.".repeat(513)));
    assertEquals(
        "has a host with a part of more than 63 characters between dots",
        refusal("a。" + "ü".repeat(127)));
  }

  private static @Nullable String refusal(String name) {
    return assertThrows(MalformedUrlException.class, () -> HostName.normal(name)).getMessage();
  }

  @Test
  void aNameInAsciiIsReadWithoutTheTablesOfIcu() throws Exception {
    List<URL> classPath = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      classPath.add(Path.of(entry).toUri().toURL());
    }
    try (WithoutIcu loader = new WithoutIcu(classPath.toArray(URL[]::new))) {
      Method parse = loader.loadClass(CrawlUrl.class.getName()).getMethod("parse", String.class);
      for (String name : List.of("www.example.com", "xn--bcher-kva.example", "127.0.0.1")) {
        assertEquals(
            "Optional[http://" + name + "/]", String.valueOf(parse.invoke(null, "http://" + name)));
      }
      assertThrows(
          InvocationTargetException.class, () -> parse.invoke(null, "http://bücher.example"));
    }
  }

  /** Loads classes anew, and none of ICU's. */
  private static final class WithoutIcu extends URLClassLoader {
    WithoutIcu(URL[] classPath) {
      super(classPath, ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith("com.ibm.icu.")) {
        throw new ClassNotFoundException(name);
      }
      return super.findClass(name);
    }
  }

  private static Optional<String> normal(String name) {
    return CrawlUrl.parse("http://" + name + "/x").map(CrawlUrl::host);
  }

  private static List<JsonNode> vectors() throws IOException {
    try (InputStream data = HostNameTest.class.getResourceAsStream("/idna/toascii.json")) {
      return new ObjectMapper()
          .readTree(Objects.requireNonNull(data))
          .valueStream()
          .filter(JsonNode::isObject)
          .toList();
    }
  }
}
