package io.fcrawler.cli.watch;

import io.fcrawler.cli.text.CrawlText;
import io.fcrawler.cli.text.Output;
import io.fcrawler.client.Crawl;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A line for each new status, and for other changes not more than one in five seconds. */
public final class LinesView implements View {
  private static final Duration LEAST_BETWEEN = Duration.ofSeconds(5);

  private final Output output;
  private final LongSupplier nanoTime;
  private final Map<String, Line> last = new HashMap<>();

  private record Line(String status, String text, long atNs) {}

  public LinesView(Output output, LongSupplier nanoTime) {
    this.output = output;
    this.nanoTime = nanoTime;
  }

  @Override
  public void show(Crawl crawl) {
    Line line = new Line(crawl.status(), CrawlText.line(crawl), nanoTime.getAsLong());
    if (isDue(line, last.get(crawl.seed()))) {
      last.put(crawl.seed(), line);
      output.line(line.text());
    }
  }

  private static boolean isDue(Line line, @Nullable Line before) {
    return before == null
        || !line.status().equals(before.status())
        || (!line.text().equals(before.text())
            && line.atNs() - before.atNs() >= LEAST_BETWEEN.toNanos());
  }

  @Override
  public void endRound() {
    output.draw("");
  }
}
