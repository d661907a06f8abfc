package io.fcrawler.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.Iterators;
import io.fcrawler.api.Submissions.Submission;
import io.fcrawler.api.Verdicts.Verdict;
import io.fcrawler.command.CommandLogUnavailableException;
import io.fcrawler.seed.BadInputException;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.Seed;
import io.fcrawler.seed.Start;
import io.fcrawler.seed.StartParser;
import io.fcrawler.store.NotPermittedException;
import io.fcrawler.store.Progress;
import io.fcrawler.store.StoreUnavailableException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Submits many domains, some at a time, so that Kafka takes their commands in batches. One that is
 * refused keeps nobody else out. Thread-safe.
 */
final class BulkSubmissions {
  private static final Logger LOG = LoggerFactory.getLogger(BulkSubmissions.class);

  /** Domains that are looked up and submitted together. */
  private static final int AT_ONCE = 1000;

  private static final int LONGEST_SHOWN = 300;
  private static final String AWAY = "Kafka does not answer: submit this one again";

  private final Submissions submissions;

  BulkSubmissions(Submissions submissions) {
    this.submissions = submissions;
  }

  /**
   * Submits all, up to the limit of a request.
   *
   * @throws BadInputException if none can be taken, whoever tries, or the domains break off
   * @throws CommandLogUnavailableException if the log took none, and another attempt may succeed
   */
  Verdicts submit(Iterator<String> domains, CrawlOptions options) {
    Request request = new Request(options);
    try {
      Iterators.partition(Iterators.limit(domains, SubmitRequest.MAX_DOMAINS), AT_ONCE)
          .forEachRemaining(request::submit);
      if (domains.hasNext()) {
        request.refuse(domains.next());
      }
    } catch (UncheckedIOException e) {
      throw new BadInputException(
          "body",
          "the body broke off; the %d domains before have crawls"
              .formatted(request.verdicts.taken()));
    }
    return request.answer();
  }

  /** One request. What it found away stays so for it: else each domain would wait in vain. */
  private final class Request {
    private final CrawlOptions options;
    private final Verdicts verdicts = new Verdicts();
    private volatile @Nullable CommandLogUnavailableException logAway;
    private @Nullable StoreUnavailableException storeAway;

    Request(CrawlOptions options) {
      this.options = options;
    }

    void submit(List<String> domains) {
      List<Attempt> attempts = domains.stream().map(Attempt::new).toList();
      Function<Seed, Optional<Progress>> looks = looks(attempts);
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        attempts.forEach(attempt -> threads.execute(() -> attempt.submit(this, looks)));
      }
      attempts.forEach(attempt -> verdicts.add(attempt.verdict, attempt.result));
    }

    private Function<Seed, Optional<Progress>> looks(List<Attempt> attempts) {
      StoreUnavailableException away = storeAway;
      if (away == null) {
        try {
          return looks(submissions.look(seeds(attempts)));
        } catch (NotPermittedException e) {
          throw e;
        } catch (StoreUnavailableException e) {
          storeAway = e;
          away = e;
        }
      }
      StoreUnavailableException reason = away;
      return seed -> {
        throw reason;
      };
    }

    private List<Seed> seeds(List<Attempt> attempts) {
      return attempts.stream().flatMap(attempt -> attempt.start.stream()).map(Start::seed).toList();
    }

    /** One that is here twice was changed by the first, so it is looked at again. */
    private Function<Seed, Optional<Progress>> looks(Map<Seed, Progress> seen) {
      Set<Seed> once = ConcurrentHashMap.newKeySet();
      return seed ->
          Optional.ofNullable(
              once.add(seed) ? seen.get(seed) : submissions.look(List.of(seed)).get(seed));
    }

    void refuse(String domain) {
      String detail =
          "one request may bring %d domains: submit this one and those after it by another"
              .formatted(SubmitRequest.MAX_DOMAINS);
      verdicts.add(Verdict.REJECTED, result(domain, Verdict.REJECTED).put("detail", detail));
    }

    Verdicts answer() {
      CommandLogUnavailableException away = logAway;
      if (verdicts.taken() == 0 && away != null) {
        throw away;
      } else if (verdicts.taken() == 0 && verdicts.size() > 0) {
        throw new BadInputException(
            "domains",
            "none of %d domains can be taken; of the first: %s"
                .formatted(verdicts.size(), verdicts.firstDetail()));
      }
      return verdicts;
    }
  }

  /** One domain of many. Used by one thread after the other. */
  private final class Attempt {
    private final String domain;
    private Optional<Start> start = Optional.empty();
    private Verdict verdict = Verdict.REJECTED;
    private ObjectNode result;

    Attempt(String domain) {
      this.domain = domain;
      this.result = result(domain, Verdict.REJECTED);
      try {
        start = Optional.of(StartParser.parse(domain));
      } catch (BadInputException e) {
        result.put("detail", e.getMessage());
      }
    }

    void submit(Request request, Function<Seed, Optional<Progress>> looks) {
      if (start.isEmpty()) {
        return;
      }
      become(Verdict.UNAVAILABLE);
      try {
        if (request.logAway == null) {
          Seed seed = start.get().seed();
          taken(submissions.submit(start.get(), request.options, () -> looks.apply(seed)));
        } else {
          result.put("detail", AWAY);
        }
      } catch (CommandLogUnavailableException e) {
        request.logAway = e;
        result.put("detail", AWAY);
      } catch (RuntimeException e) {
        LOG.error("{} could not be submitted", start.get().seed(), e);
        result.put("detail", "this failed in the program; its log tells why");
      }
    }

    private void become(Verdict now) {
      verdict = now;
      result = result(domain, now);
    }

    private void taken(Submission submission) {
      become(submission.made() ? Verdict.ACCEPTED : Verdict.EXISTING);
      Progress crawl = submission.crawl();
      result.put("seed", crawl.crawl().seed().id());
      result.put("crawlId", crawl.crawl().crawlId().value());
      result.put("status", crawl.status().word());
    }
  }

  private static ObjectNode result(String domain, Verdict verdict) {
    boolean isLong = domain.length() > LONGEST_SHOWN;
    String shown = isLong ? domain.substring(0, LONGEST_SHOWN) + "..." : domain;
    return JsonNodeFactory.instance
        .objectNode()
        .put("domain", shown)
        .put("verdict", verdict.word());
  }
}
