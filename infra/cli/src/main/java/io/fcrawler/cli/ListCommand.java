package io.fcrawler.cli;

import io.fcrawler.cli.exit.ExitCodes;
import io.fcrawler.cli.exit.UsageException;
import io.fcrawler.cli.text.CrawlText;
import io.fcrawler.client.Crawl;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code fcrawler list}. */
@Command(name = "list", description = "Lists the crawls of all seeds, the newest first.")
final class ListCommand extends ApiCommand {
  private static final long PART = 100;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "those alone that are queued, crawling, paused, done, or cancelled")
  private @Nullable String status;

  @Option(
      names = "--query",
      paramLabel = "TEXT",
      description = "those alone whose seed has this in it")
  private @Nullable String query;

  @Option(names = "--limit", paramLabel = "N", description = "at most so many; all")
  private long limit = Long.MAX_VALUE;

  private long listed;

  ListCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new UsageException("--limit must be at least 1, not " + limit);
    }
    api().crawls(parameters(), this::show);
    return ExitCodes.FINE;
  }

  private Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (status != null) {
      parameters.put("status", status);
    }
    if (query != null) {
      parameters.put("q", query);
    }
    parameters.put("limit", String.valueOf(Math.min(limit, PART)));
    return parameters;
  }

  private boolean show(Crawl crawl) {
    if (isJson()) {
      output().json(crawl.json().json());
    } else {
      if (listed == 0) {
        output().line(CrawlText.head());
      }
      output().line(CrawlText.row(crawl));
    }
    listed++;
    return listed < limit && (listed % PART != 0 || output().isRead());
  }
}
