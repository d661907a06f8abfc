package io.fcrawler.cli;

import io.fcrawler.cli.exit.UsageException;
import io.fcrawler.client.Api;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command to the API. */
abstract class ApiCommand extends BaseCommand {
  private static final String USUAL = "http://127.0.0.1:3001";

  private static final String ADVICE =
      ": start it with scripts/standalone.sh or docker-compose, or say where it is with --url or FCRAWLER_URL";

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Option(
      names = "--url",
      order = 91,
      paramLabel = "URL",
      description = "of the API; " + USUAL + "   [FCRAWLER_URL]")
  private @Nullable String url;

  ApiCommand(Session session) {
    super(session);
  }

  final Api api() {
    String text = url != null ? url : session().env().getOrDefault("FCRAWLER_URL", "");
    return new Api(base(text.isBlank() ? USUAL : text.strip()), LIMIT, ADVICE);
  }

  private URI base(String text) {
    try {
      URI uri = new URI(text);
      if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("(?i)https?")) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Told below.
    }
    throw new UsageException("the API's URL must be like " + USUAL + ", not " + text);
  }
}
