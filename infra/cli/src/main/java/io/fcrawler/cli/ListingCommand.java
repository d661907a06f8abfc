package io.fcrawler.cli;

import io.fcrawler.cli.exit.ExitCodes;
import io.fcrawler.client.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists URLs of a seed, each with a reason. */
abstract class ListingCommand extends ApiCommand {
  private static final int FLUSHED = 1000;

  private final String name;

  @Parameters(paramLabel = "SEED", description = "in any spelling in which it may be submitted")
  private String seed = "";

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description = "those alone that have this reason")
  private @Nullable String reason;

  private long listed;

  /**
   * @param name of the listing in the API
   */
  ListingCommand(Session session, String name) {
    super(session);
    this.name = name;
  }

  @Override
  public Integer call() {
    Map<String, String> parameters = new LinkedHashMap<>(Map.of("limit", "1000"));
    if (reason != null) {
      parameters.put("reason", reason);
    }
    api().listing(seed, name, parameters, this::show);
    return ExitCodes.FINE;
  }

  private boolean show(JsonObject url) {
    if (isJson()) {
      output().json(url.json());
    } else {
      output().line(text(url));
    }
    return ++listed % FLUSHED != 0 || output().isRead();
  }

  /** A URL as a line. */
  abstract String text(JsonObject url);
}
