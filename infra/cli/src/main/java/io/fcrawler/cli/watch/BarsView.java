package io.fcrawler.cli.watch;

import io.fcrawler.cli.text.CrawlText;
import io.fcrawler.cli.text.Output;
import io.fcrawler.cli.text.TerminalSize;
import io.fcrawler.cli.text.Words;
import io.fcrawler.client.Crawl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * A bar for each crawl, redrawn where it stands; crawls that are finished stay above as lines. Each
 * frame is written at once, and is never higher than the terminal, in which it could not be
 * redrawn.
 */
public final class BarsView implements View {
  private static final String NO_WRAP = "\u001b[?7l";
  private static final String WRAP = "\u001b[?7h";
  private static final String CLEAR_BELOW = "\u001b[J";
  private static final int WIDEST_SEED = 40;
  private static final int LEAST_BAR = 5;
  private static final int WIDEST_BAR = 30;

  private final Output output;
  private final TerminalSize size;
  private final Map<String, Crawl> running = new LinkedHashMap<>();
  private final List<Crawl> finished = new ArrayList<>();
  private int drawn;

  public BarsView(Output output, TerminalSize size) {
    this.output = output;
    this.size = size;
  }

  @Override
  public void show(Crawl crawl) {
    if (crawl.finished()) {
      running.remove(crawl.seed());
      finished.add(crawl);
    } else {
      running.put(crawl.seed(), crawl);
    }
  }

  @Override
  public void endRound() {
    StringBuilder frame = new StringBuilder(256);
    frame.append(NO_WRAP);
    if (drawn > 0) {
      frame.append("\u001b[").append(drawn).append('F').append(CLEAR_BELOW);
    }
    finished.forEach(crawl -> frame.append(Output.plain(CrawlText.line(crawl))).append('\n'));
    finished.clear();
    List<String> bars = bars();
    bars.forEach(bar -> frame.append(Output.plain(bar)).append('\n'));
    drawn = bars.size();
    output.draw(frame.append(WRAP).toString());
  }

  @Override
  public void leave() {
    drawn = 0;
  }

  private List<String> bars() {
    int most = size.rows() - 1; // the cursor stands below
    boolean all = running.size() <= most;
    List<Crawl> shown = running.values().stream().limit(all ? most : most - 1).toList();
    int seed = Math.min(longest(shown, Crawl::seed), WIDEST_SEED);
    int room = size.columns() - seed - longest(shown, BarsView::numbers) - 5;
    int bar = Math.clamp(room, LEAST_BAR, WIDEST_BAR);
    List<String> bars = new ArrayList<>();
    shown.forEach(crawl -> bars.add(bar(crawl, seed, bar)));
    if (!all) {
      bars.add("and %d more".formatted(running.size() - shown.size()));
    }
    return bars;
  }

  private static int longest(List<Crawl> crawls, Function<Crawl, String> text) {
    return crawls.stream().map(text).mapToInt(String::length).max().orElse(0);
  }

  private static String bar(Crawl crawl, int seedWidth, int barWidth) {
    String seed = Words.cut(crawl.seed(), seedWidth);
    int full = Math.clamp((long) (crawl.progress() * barWidth), 0, barWidth);
    return seed
        + " ".repeat(seedWidth - seed.length())
        + " ["
        + "#".repeat(full)
        + ".".repeat(barWidth - full)
        + "] "
        + numbers(crawl);
  }

  private static String numbers(Crawl crawl) {
    return String.format(
        Locale.ROOT,
        "%4s %9s %8s left  %d/%d%s  %s",
        Words.percent(crawl.progress()),
        Words.orDash(crawl.pagesPerSecond().map(Words::rate)),
        Words.orDash(crawl.etaSeconds().map(Words::time)),
        crawl.crawled() + crawl.failed(),
        crawl.total(),
        crawl.failed() == 0 ? "" : ", %d failed".formatted(crawl.failed()),
        crawl.status());
  }
}
