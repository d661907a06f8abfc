package io.fcrawler.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.Iterators;
import io.fcrawler.api.Submissions.Submission;
import io.fcrawler.command.CommandLogUnavailableException;
import io.fcrawler.seed.BadInputException;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.Seed;
import io.fcrawler.seed.Start;
import io.fcrawler.seed.StartParser;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.Progress;
import io.fcrawler.store.StoreUnavailableException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
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

  /** Domains that are looked up, submitted and listed together. */
  private static final int AT_ONCE = 250;

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
    Iterator<List<String>> parts =
        Iterators.partition(Iterators.limit(domains, SubmitRequest.MAX_DOMAINS), AT_ONCE);
    parts.forEachRemaining(part -> results.addAll(submit(part, options, away)));
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

  /** Each on a thread of its own, so that Kafka takes their commands together. */
  private List<ObjectNode> submit(
      List<String> domains,
      CrawlOptions options,
      AtomicReference<@Nullable CommandLogUnavailableException> away) {
    List<Attempt> attempts = domains.stream().map(Attempt::new).toList();
    Function<Seed, Optional<Progress>> looks = looks(attempts);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      attempts.forEach(attempt -> threads.execute(() -> attempt.submit(options, looks, away)));
    }
    submissions.list(attempts.stream().flatMap(attempt -> attempt.submission.stream()).toList());
    return attempts.stream().map(attempt -> attempt.result).toList();
  }

  private Function<Seed, Optional<Progress>> looks(List<Attempt> attempts) {
    List<Seed> seeds =
        attempts.stream().flatMap(attempt -> attempt.start.stream()).map(Start::seed).toList();
    try {
      Map<Seed, Progress> seen = submissions.look(seeds);
      Set<Seed> once = ConcurrentHashMap.newKeySet();
      return seed ->
          once.add(seed) // one that is here twice was changed by the first
              ? Optional.ofNullable(seen.get(seed))
              : Optional.ofNullable(submissions.look(List.of(seed)).get(seed));
    } catch (StoreUnavailableException e) {
      return seed -> {
        throw e;
      };
    }
  }

  /** One domain of many. Used by one thread after the other. */
  private final class Attempt {
    private final String domain;
    private Optional<Start> start = Optional.empty();
    private Optional<Submission> submission = Optional.empty();
    private ObjectNode result;

    Attempt(String domain) {
      this.domain = domain;
      this.result = verdict(domain, REJECTED);
      try {
        start = Optional.of(StartParser.parse(domain));
      } catch (BadInputException e) {
        result.put("detail", e.getMessage());
      }
    }

    /** Once the log is away nothing more is tried, or each attempt would wait in vain. */
    void submit(
        CrawlOptions options,
        Function<Seed, Optional<Progress>> looks,
        AtomicReference<@Nullable CommandLogUnavailableException> away) {
      if (start.isEmpty()) {
        return;
      }
      result = unavailable(domain);
      if (away.get() == null) {
        try {
          Seed seed = start.get().seed();
          Submission made = submissions.submit(start.get(), options, () -> looks.apply(seed));
          submission = Optional.of(made);
          result = taken(verdict(domain, made.made() ? ACCEPTED : EXISTING), made.crawl());
        } catch (CommandLogUnavailableException e) {
          away.set(e);
        }
      }
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
