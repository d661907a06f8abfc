package io.fcrawler.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.Lists;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Submits many domains, some at a time, so that Kafka takes their commands in batches. One that is
 * refused keeps nobody else out. Thread-safe.
 *
 * <p>The caller's thread, a virtual one, waits for the body, for the store and for the log; what
 * takes processor time for each domain is done by {@link BulkThreads}.
 */
final class BulkSubmissions {
  private static final Logger LOG = LoggerFactory.getLogger(BulkSubmissions.class);

  /** Domains that are looked up and submitted together. */
  static final int AT_ONCE = 1000;

  /** Domains of all requests whose commands are under way: few enough to leave others a turn. */
  private static final int MOST_UNDER_WAY = 250;

  private static final int LONGEST_SHOWN = 300;
  private static final String AWAY = "Kafka does not answer: submit this one again";

  private final Submissions submissions;
  private final BulkThreads threads;
  private final Semaphore underWay = new Semaphore(MOST_UNDER_WAY);

  BulkSubmissions(Submissions submissions, BulkThreads threads) {
    this.submissions = submissions;
    this.threads = threads;
  }

  /**
   * Submits all, up to the limit of a request, and answers. What is thrown is so as long as the
   * answer has not begun, else it ends the answer.
   *
   * @throws BadInputException if none can be taken, whoever tries, or the domains break off
   * @throws CommandLogUnavailableException if the log took none, and another attempt may succeed
   */
  void submit(Batches domains, CrawlOptions options, BulkAnswer answer) {
    Request request = new Request(options, answer);
    try {
      request.submitAll(domains);
      request.checkTaken();
    } catch (RuntimeException e) {
      if (!answer.hasBegun()) {
        throw e;
      }
      answer.end(Optional.of(reason(e)));
      return;
    }
    answer.end(Optional.empty());
  }

  private static String reason(RuntimeException e) {
    if (e instanceof BadInputException) {
      return String.valueOf(e.getMessage());
    }
    LOG.error("A submission of many domains failed", e);
    return "this failed in the program; its log tells why";
  }

  /** One request. What it found away stays so for it: else each domain would wait in vain. */
  private final class Request {
    private final CrawlOptions options;
    private final BulkAnswer answer;
    private final Verdicts verdicts;
    private volatile @Nullable CommandLogUnavailableException logAway;
    private @Nullable StoreUnavailableException storeAway;

    Request(CrawlOptions options, BulkAnswer answer) {
      this.options = options;
      this.answer = answer;
      this.verdicts = answer.verdicts();
    }

    void submitAll(Batches domains) {
      try {
        boolean isRoom = true;
        while (isRoom && domains.read()) {
          isRoom = submitPart(threads.call(() -> attempts(domains.domains())));
        }
      } catch (UncheckedIOException e) {
        throw new BadInputException(
            "body",
            "the body broke off; the %d domains before have crawls".formatted(verdicts.taken()));
      }
    }

    private static List<Attempt> attempts(List<String> domains) {
      return domains.stream().map(Attempt::new).toList();
    }

    /** False where the limit of a request is reached; the first beyond it is refused. */
    private boolean submitPart(List<Attempt> attempts) {
      int room = SubmitRequest.MAX_DOMAINS - verdicts.size();
      List<Attempt> taken = attempts.subList(0, Math.min(room, attempts.size()));
      for (List<Attempt> together : Lists.partition(taken, AT_ONCE)) {
        submit(together);
      }
      if (attempts.size() > room) {
        refuse(attempts.get(room).domain);
      }
      return attempts.size() <= room;
    }

    private void submit(List<Attempt> attempts) {
      List<Attempt> good = attempts.stream().filter(Attempt::isGood).toList();
      if (!good.isEmpty()) {
        submitGood(good);
      }
      answer.add(
          threads.call(() -> {
            attempts.forEach(attempt -> verdicts.add(attempt.verdict, attempt.result));
            return verdicts.takeResults();
          }));
    }

    private void submitGood(List<Attempt> attempts) {
      Function<Seed, Optional<Progress>> looks = looks(attempts);
      try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
        for (Attempt attempt : attempts) {
          underWay.acquireUninterruptibly();
          each.execute(() -> {
            try {
              attempt.submit(BulkSubmissions.this.submissions, this, looks);
            } finally {
              underWay.release();
            }
          });
        }
      }
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
      return attempts.stream().map(attempt -> attempt.start.orElseThrow().seed()).toList();
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

    void checkTaken() {
      CommandLogUnavailableException away = logAway;
      if (verdicts.taken() == 0 && away != null) {
        throw away;
      } else if (verdicts.taken() == 0 && verdicts.size() > 0) {
        throw new BadInputException(
            "domains",
            "none of %d domains can be taken; of the first: %s"
                .formatted(verdicts.size(), verdicts.firstDetail()));
      }
    }
  }

  /** One domain of many. Used by one thread after the other. */
  private static final class Attempt {
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

    boolean isGood() {
      return start.isPresent();
    }

    void submit(
        Submissions submissions, Request request, Function<Seed, Optional<Progress>> looks) {
      become(Verdict.UNAVAILABLE);
      try {
        if (request.logAway == null) {
          Seed seed = start.orElseThrow().seed();
          taken(submissions.submit(start.orElseThrow(), request.options, () -> looks.apply(seed)));
        } else {
          result.put("detail", AWAY);
        }
      } catch (CommandLogUnavailableException e) {
        request.logAway = e;
        result.put("detail", AWAY);
      } catch (RuntimeException e) {
        LOG.error("{} could not be submitted", start.orElseThrow().seed(), e);
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
