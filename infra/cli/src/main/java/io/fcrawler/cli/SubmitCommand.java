package io.fcrawler.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.fcrawler.cli.exit.ExitCodes;
import io.fcrawler.cli.exit.UsageException;
import io.fcrawler.cli.watch.Watch.Target;
import io.fcrawler.client.Api;
import io.fcrawler.client.Api.Submitted;
import io.fcrawler.client.JsonObject;
import io.fcrawler.client.RefusedException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fcrawler submit}. */
@Command(
    name = "submit",
    description = {
      "Begins crawls of domains.",
      "A seed whose crawl is not finished keeps that one. With --json, one domain gives its crawl,",
      "and several give a line each that says what became of it."
    },
    exitCodeList = {
      "0:all are taken; with --watch: and done, as fcrawler watch judges it",
      "1:the API refused a domain; with --watch: or a crawl did not end well",
      "2:wrong usage",
      "3:the API, or Kafka or Redis behind it, is not reachable"
    })
final class SubmitCommand extends ApiCommand {
  /** Far below the API's limit of 1 MiB, even of domains in other scripts. */
  private static final int MOST_CHARS = 100_000;

  private static final int MOST_DOMAINS = 1000;

  @Parameters(
      paramLabel = "DOMAIN",
      arity = "0..*",
      description = "a domain, host:port, or URL, whose path is then the start page")
  private List<String> domains = List.of();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "more domains, one per line; -: from standard input")
  private @Nullable String file;

  @Mixin private final SubmitOptions options = new SubmitOptions();

  @Option(names = "--watch", description = "goes on as fcrawler watch does")
  private boolean watch;

  @Option(names = "--strict", description = "with --watch: exit code 1 if any URL failed")
  private boolean strict;

  private final List<Target> targets = new ArrayList<>();
  private int code = ExitCodes.FINE;

  SubmitCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() throws InterruptedException {
    List<String> all = all();
    Api api = api();
    if (all.size() == 1) {
      one(api.submit(body(all, false)));
    } else {
      for (List<String> part : DomainList.parts(all, MOST_DOMAINS, MOST_CHARS)) {
        several(api, part);
      }
    }
    return watch && !targets.isEmpty()
        ? Math.max(code, new WatchRun(session(), isJson(), strict).watch(api, targets))
        : code;
  }

  /** A part of which no domain is one is refused as a whole; the others go on. */
  private void several(Api api, List<String> part) {
    try {
      JsonObject answer = api.submit(body(part, true)).body();
      answer.objects("results").forEach(this::result);
      answer.optionalText("problem").ifPresent(this::problem);
    } catch (RefusedException e) {
      code = Math.max(code, ExitCodes.REFUSED);
      output().error(e.line());
    }
  }

  private List<String> all() {
    List<String> all = new ArrayList<>(domains);
    if (file != null) {
      try {
        all.addAll(DomainList.read(file, session().in()));
      } catch (IOException e) {
        throw new UsageException("--file " + file + " can't be read: " + e);
      }
    }
    if (all.isEmpty()) {
      throw new UsageException("there is no domain: give some, or --file");
    }
    return all;
  }

  private String body(List<String> part, boolean several) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      if (several) {
        json.writeArrayFieldStart("domains");
        for (String domain : part) {
          json.writeString(domain);
        }
        json.writeEndArray();
      } else {
        json.writeStringField("domain", part.getFirst());
      }
      options.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return text.toString();
  }

  private void one(Submitted submitted) {
    taken(submitted.made() ? "accepted" : "existing", submitted.body());
  }

  /** Why the domains after those with a verdict have none. */
  private void problem(String problem) {
    code = Math.max(code, ExitCodes.REFUSED);
    output().error(problem);
  }

  private void result(JsonObject result) {
    String verdict = result.text("verdict");
    if (verdict.equals("accepted") || verdict.equals("existing")) {
      taken(verdict, result);
      return;
    }
    boolean away = verdict.equals("unavailable");
    code = Math.max(code, away ? ExitCodes.UNREACHABLE : ExitCodes.REFUSED);
    if (isJson()) {
      output().json(result.json());
    } else {
      String detail = result.optionalText("detail").orElse(verdict);
      output().error(result.text("domain") + ": " + detail);
    }
  }

  private void taken(String verdict, JsonObject crawl) {
    String seed = crawl.text("seed");
    targets.add(new Target(seed, Optional.of(crawl.text("crawlId"))));
    if (isJson()) {
      output().json(crawl.json());
    } else {
      output()
          .line(
              "%s  %s, %s  (crawl %s)"
                  .formatted(seed, verdict, crawl.text("status"), crawl.text("crawlId")));
    }
  }
}
