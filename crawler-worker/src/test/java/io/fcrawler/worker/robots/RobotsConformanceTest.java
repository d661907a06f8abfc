package io.fcrawler.worker.robots;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.robots.RobotsVectors.Case;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The cases by which Google's parser, Protego and crawler-commons are tested, and those of hostile
 * files, under {@code src/test/resources/robots/}: all hold but those that {@code differences.txt}
 * lists with their reasons.
 */
class RobotsConformanceTest {
  private static final Duration CAP = Duration.ofSeconds(30);

  @ParameterizedTest
  @CsvSource({"google-robotstxt, 137", "protego, 256", "crawler-commons, 129", "fcrawler, 581"})
  void allHoldButTheListedDifferences(String name, int cases) {
    Set<String> wrong = new TreeSet<>();
    int tried = 0;
    for (RobotsVectors.File file : RobotsVectors.read(name)) {
      for (Case each : file.cases()) {
        tried++;
        if (!holds(file.body(), each)) {
          wrong.add(name + ": " + file.title() + ": " + each);
        }
      }
    }
    Set<String> listed =
        RobotsVectors.text("differences")
            .lines()
            .filter(line -> line.startsWith(name + ": "))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(String.join("\n", listed), String.join("\n", wrong));
    assertEquals(cases, tried);
  }

  static boolean holds(byte[] body, Case each) {
    RobotsRules rules = new RobotsParser(each.crawler().toLowerCase(Locale.ROOT), CAP).parse(body);
    if (each.kind() == '@') {
      return each.value().equals(seconds(rules));
    }
    CrawlUrl url = CrawlUrl.parse("https://a.example" + each.value()).orElseThrow();
    return rules.allowed(url) == (each.kind() == '+');
  }

  private static String seconds(RobotsRules rules) {
    return rules
        .crawlDelay()
        .map(delay -> BigDecimal.valueOf(delay.toNanos(), 9).stripTrailingZeros().toPlainString())
        .orElse("none");
  }
}
