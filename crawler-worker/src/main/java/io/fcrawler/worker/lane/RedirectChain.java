package io.fcrawler.worker.lane;

import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.Cookies;
import io.fcrawler.worker.fetch.FetchOutcome;
import io.fcrawler.worker.fetch.FetchOutcome.Redirected;
import io.fcrawler.worker.fetch.FetchOutcome.Rejected;
import io.fcrawler.worker.fetch.Reasons;
import io.fcrawler.worker.link.SpelledUrl;
import io.fcrawler.worker.robots.RobotsCache;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The redirects that one visit follows, since they lead back to its URL: to another spelling of it,
 * or by way of URLs at which the site finds out whether cookies are sent back. All other redirects
 * lead to a URL of its own, and end the chain. Used by one thread, for one visit.
 */
final class RedirectChain {
  private static final int MOST_HOPS = 5;

  /** A site may answer the very request that it redirected before. */
  private static final int MOST_ALIKE = 2;

  private final CrawlUrl url;
  private final Cookies cookies;
  private final Sending sending;
  private final Predicate<CrawlUrl> allowed;
  private final List<String> sent = new ArrayList<>();
  private final List<FetchOutcome> aside = new ArrayList<>();
  private int receivedBefore;
  private boolean returned;

  /** Sends one request of the visit, when its host's turn has come. */
  @FunctionalInterface
  interface Sending {
    FetchOutcome send(SpelledUrl url) throws InterruptedException;
  }

  /**
   * What came of a chain.
   *
   * @param answer what the visit's URL answered in the end; failed where there was no end
   * @param last what came of the last request
   * @param aside what other URLs answered, to which the visit's URL redirected in the end
   */
  record Answered(FetchOutcome answer, FetchOutcome last, List<FetchOutcome> aside) {
    Answered {
      aside = List.copyOf(aside);
    }
  }

  /**
   * A chain before its first request.
   *
   * @param url of the visit
   * @param cookies of the visit
   * @param allowed whether another URL may be asked for
   */
  RedirectChain(CrawlUrl url, Cookies cookies, Sending sending, Predicate<CrawlUrl> allowed) {
    this.url = url;
    this.cookies = cookies;
    this.sending = sending;
    this.allowed = allowed;
    this.receivedBefore = cookies.received();
    sent.add(cookies.signature(url.value()));
  }

  /** Follows the redirects from what the visit's URL answered first. */
  Answered follow(FetchOutcome first) throws InterruptedException {
    FetchOutcome answer = first;
    FetchOutcome last = first;
    Optional<SpelledUrl> next = next(SpelledUrl.of(url), first);
    while (next.isPresent()) {
      SpelledUrl to = next.get();
      if (isEndless(to)) {
        boolean toItself = returned || to.url().equals(url);
        return new Answered(toItself ? toItself(last) : answer, last, toItself ? List.of() : aside);
      }
      last = hop(to);
      answer = to.url().equals(url) ? last : answer;
      next = next(to, last);
    }
    return new Answered(answer, last, aside);
  }

  private boolean isEndless(SpelledUrl to) {
    return sent.size() > MOST_HOPS
        || Collections.frequency(sent, cookies.signature(to.text())) >= MOST_ALIKE;
  }

  private FetchOutcome hop(SpelledUrl to) throws InterruptedException {
    receivedBefore = cookies.received();
    sent.add(cookies.signature(to.text()));
    FetchOutcome outcome = sending.send(to);
    if (to.url().equals(url)) {
      returned = true;
      aside.clear();
    } else {
      aside.add(outcome);
    }
    return outcome;
  }

  private FetchOutcome toItself(FetchOutcome last) {
    String reason = Reasons.REDIRECT_TO_ITSELF;
    return new Rejected(url, reason, last.status(), false, last.elapsed(), last.at());
  }

  /** Where the chain goes on from a URL that answered. */
  private Optional<SpelledUrl> next(SpelledUrl at, FetchOutcome outcome) {
    try {
      return outcome instanceof Redirected redirected
          ? redirected.location().flatMap(at::resolve).filter(to -> isFollowed(to.url()))
          : Optional.empty();
    } catch (RuntimeException | StackOverflowError e) {
      return Optional.empty(); // a reference that cannot be read: it is reported with the answer
    }
  }

  private boolean isFollowed(CrawlUrl to) {
    if (to.equals(url)) {
      return true;
    }
    return cookies.received() > receivedBefore
        && RobotsCache.site(to).equals(RobotsCache.site(url))
        && (withoutQuery(to).equals(withoutQuery(url)) || NamedUrl.isIn(to, url))
        && allowed.test(to);
  }

  private static String withoutQuery(CrawlUrl url) {
    int query = url.value().indexOf('?');
    return query < 0 ? url.value() : url.value().substring(0, query);
  }
}
