package io.fcrawler.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fcrawler.api.Submissions.Submission;
import io.fcrawler.command.CommandLogUnavailableException;
import io.fcrawler.seed.BadInputException;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.StartParser;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.Progress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Submits many domains, some at a time, so that Kafka takes their commands in batches. One that is
 * refused keeps nobody else out. Thread-safe.
 */
final class BulkSubmissions {
  static final String ACCEPTED = "accepted";
  private static final String EXISTING = "existing";
  private static final String REJECTED = "rejected";
  private static final String UNAVAILABLE = "unavailable";

  /** Submissions of one request under way at once. */
  private static final int AT_ONCE = 64;

  private static final int LONGEST_SHOWN = 300;

  private final Submissions submissions;

  BulkSubmissions(Submissions submissions) {
    this.submissions = submissions;
  }

  /**
   * Submits all, up to the limit of a request.
   *
   * @return the number of each verdict, and {@code results}: a verdict for each domain, in order
   * @throws BadInputException if none can be taken, whoever tries
   * @throws CommandLogUnavailableException if the log took none, and another attempt may succeed
   */
  ObjectNode submit(Iterator<String> domains, CrawlOptions options) {
    ArrayNode results = JsonNodeFactory.instance.arrayNode();
    AtomicReference<@Nullable CommandLogUnavailableException> away = new AtomicReference<>();
    Deque<CompletableFuture<ObjectNode>> underWay = new ArrayDeque<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      while (domains.hasNext() && results.size() + underWay.size() < SubmitRequest.MAX_DOMAINS) {
        if (underWay.size() == AT_ONCE) {
          results.add(underWay.remove().join());
        }
        String domain = domains.next();
        underWay.add(CompletableFuture.supplyAsync(() -> verdict(domain, options, away), threads));
      }
      underWay.forEach(result -> results.add(result.join()));
    }
    if (domains.hasNext()) {
      results.add(
          verdict(domains.next(), REJECTED)
              .put(
                  "detail",
                  "one request may bring %d domains: submit this one and those after it by another"
                      .formatted(SubmitRequest.MAX_DOMAINS)));
    }
    return counted(results, away.get());
  }

  /** Once the log is away nothing more is tried, or each attempt would wait in vain. */
  private ObjectNode verdict(
      String domain,
      CrawlOptions options,
      AtomicReference<@Nullable CommandLogUnavailableException> away) {
    if (away.get() != null) {
      return unavailable(domain);
    }
    try {
      Submission submission = submissions.submit(StartParser.parse(domain), options);
      return taken(verdict(domain, submission.made() ? ACCEPTED : EXISTING), submission.crawl());
    } catch (BadInputException e) {
      return verdict(domain, REJECTED).put("detail", e.getMessage());
    } catch (CommandLogUnavailableException e) {
      away.set(e);
      return unavailable(domain);
    }
  }

  private static ObjectNode taken(ObjectNode json, Progress progress) {
    CrawlRef crawl = progress.crawl();
    json.put("seed", crawl.seed().id()).put("crawlId", crawl.crawlId().value());
    return json.put("status", progress.status().word());
  }

  private static ObjectNode unavailable(String domain) {
    return verdict(domain, UNAVAILABLE)
        .put("detail", "Kafka does not answer: submit this one again");
  }

  private static ObjectNode verdict(String domain, String verdict) {
    String shown =
        domain.length() > LONGEST_SHOWN ? domain.substring(0, LONGEST_SHOWN) + "..." : domain;
    return JsonNodeFactory.instance.objectNode().put("domain", shown).put("verdict", verdict);
  }

  private static ObjectNode counted(
      ArrayNode results, @Nullable CommandLogUnavailableException away) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (String verdict : new String[] {ACCEPTED, EXISTING, REJECTED, UNAVAILABLE}) {
      json.put(verdict, 0);
    }
    results.forEach(result -> {
      String verdict = result.path("verdict").textValue();
      json.put(verdict, json.path(verdict).intValue() + 1);
    });
    boolean any = json.path(ACCEPTED).intValue() + json.path(EXISTING).intValue() > 0;
    if (!any && away != null) {
      throw away;
    } else if (!any && !results.isEmpty()) {
      throw new BadInputException(
          "domains",
          "none of %d domains can be taken; of the first: %s"
              .formatted(results.size(), results.get(0).path("detail").textValue()));
    }
    json.set("results", results);
    return json;
  }
}
