package io.fcrawler.chaos.verdict;

import io.fcrawler.chaos.fault.Frozen;
import io.fcrawler.chaos.fault.Span;
import io.fcrawler.chaos.site.SeedSite;
import io.fcrawler.chaos.site.Web;
import io.fcrawler.chaos.user.PatientApi;
import io.fcrawler.client.Api;
import io.fcrawler.client.Crawl;
import io.fcrawler.client.Receipt;
import io.fcrawler.testing.web.SiteServer;
import io.fcrawler.testing.web.Truth;
import io.fcrawler.testing.web.Visit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Looks at all that there is when every crawl is done. */
public final class Verdict {
  private static final int SHOWN = 5;

  /** Small, so that a listing has several. */
  private static final Map<String, String> PARTS = Map.of("limit", "100");

  private final PatientApi api;
  private final PageTopic topic;
  private final LaneWatch lanes;
  private final Repeats repeats;
  private final List<String> problems = new ArrayList<>();
  private long urls;

  /**
   * @param servers Kafka's
   * @param frozen parts that stood still
   * @param spans in which requests may have been in vain
   * @param retries that a failing URL is given
   * @param zeroNs from where times are told
   */
  public Verdict(
      PatientApi api,
      String servers,
      List<Frozen> frozen,
      List<Span> spans,
      int retries,
      long zeroNs) {
    this.api = api;
    this.topic = PageTopic.read(servers);
    this.lanes = new LaneWatch(frozen);
    this.repeats = new Repeats(spans, retries, zeroNs);
  }

  /** Leaves out the delay before each request of a program that counts it otherwise. */
  public void leaveOutDelaysBefore(Predicate<Visit> requests) {
    lanes.leaveOutDelaysBefore(requests);
  }

  /** Compares all seeds with the truth. */
  public void look(Web web, SiteServer server) throws InterruptedException {
    List<Visit> visits =
        server.log().stream().filter(visit -> visit.isOver() && !visit.isRobots()).toList();
    for (SeedSite site : web.all()) {
      List<Visit> mine =
          visits.stream().filter(visit -> site.hosts().contains(visit.hostName())).toList();
      look(site, mine);
    }
    some("", lanes.problems());
    some("no fault explains that ", repeats.unexplained());
    some("", repeats.tooMany());
  }

  private void look(SeedSite site, List<Visit> visits) throws InterruptedException {
    Truth truth = site.site().truth();
    Crawl crawl = answer(site, it -> it.crawl(site.id()));
    numbers(site, truth, crawl);
    receipt(site, truth, answer(site, it -> it.receipt(site.id())));
    failures(site, truth);
    requests(site, truth, visits);
    pages(site, truth, topic.urls().getOrDefault(crawl.crawlId(), Set.of()));
    List<Crawl> former = answer(site, it -> it.formerCrawls(site.id()));
    former.forEach(each -> finals(site, truth, each));
    repeats.look(site, visits, 1 + former.size());
    if (former.isEmpty()) {
      lanes.look(site, UUID.fromString(crawl.crawlId()), visits);
    }
    urls += truth.total();
  }

  private <T> T answer(SeedSite site, Function<Api, T> question) throws InterruptedException {
    return api.ask(question)
        .orElseThrow(() -> new IllegalStateException("no answer: " + site.id()));
  }

  private void numbers(SeedSite site, Truth truth, Crawl crawl) {
    equal(site, "status", crawl.status(), "done");
    finals(site, truth, crawl);
    equal(site, "pending", crawl.pending(), 0L);
    equal(site, "inFlight", crawl.inFlight(), 0L);
  }

  private void finals(SeedSite site, Truth truth, Crawl crawl) {
    equal(site, "total", crawl.total(), (long) truth.total());
    equal(site, "crawled", crawl.crawled(), (long) truth.crawled().size());
    equal(site, "failed", crawl.failed(), (long) truth.failed().size());
    equal(site, "excluded", crawl.excluded(), (long) truth.excluded().size());
  }

  private void receipt(SeedSite site, Truth truth, Receipt receipt) {
    equal(site, "receipt", receipt.verdict(), "clean");
    equal(site, "receipt's differences", receipt.differences(), List.of());
    equal(
        site,
        "fingerprints",
        receipt.fingerprints(),
        (long) truth.total() + truth.excluded().size());
  }

  /** All that can be reached was asked for, and nothing else. */
  private void requests(SeedSite site, Truth truth, List<Visit> visits) {
    Set<String> asked = visits.stream().map(Visit::url).collect(Collectors.toSet());
    some(
        site.id() + ": was asked for, but is out of reach: ",
        asked.stream().filter(url -> !truth.reaches(url)).toList());
    equal(site, "URLs asked for", asked.size(), truth.total());
  }

  private void equal(SeedSite site, String what, Object got, Object expected) {
    if (!Objects.equals(got, expected)) {
      problems.add(site.id() + ": " + what + " is " + got + ", not " + expected);
    }
  }

  private void failures(SeedSite site, Truth truth) throws InterruptedException {
    Map<String, String> got = answer(site, it -> failures(site, it));
    if (!got.equals(truth.failed())) {
      Set<Map.Entry<String, String>> other = new HashSet<>(got.entrySet());
      other.removeAll(truth.failed().entrySet());
      some(
          site.id() + ": should not have failed so: ",
          other.stream().map(Object::toString).toList());
      Set<Map.Entry<String, String>> missing = new HashSet<>(truth.failed().entrySet());
      missing.removeAll(got.entrySet());
      some(site.id() + ": should have failed: ", missing.stream().map(Object::toString).toList());
    }
  }

  private Map<String, String> failures(SeedSite site, Api api) {
    Map<String, String> got = new HashMap<>();
    api.listing(
        site.id(),
        "failures",
        PARTS,
        each -> {
          if (got.put(each.text("url"), each.text("reason")) != null) {
            problems.add(site.id() + ": a failure is listed twice: " + each.json());
          }
          return true;
        });
    return got;
  }

  private void pages(SeedSite site, Truth truth, Set<String> written) {
    Set<String> missing = new HashSet<>(truth.crawled());
    missing.addAll(truth.failed().keySet());
    missing.removeAll(written);
    some(site.id() + ": not in fcrawler.pages: ", missing);
    some(
        site.id() + ": in fcrawler.pages, but out of reach: ",
        written.stream().filter(url -> !truth.reaches(url)).toList());
  }

  private void some(String what, Iterable<String> lines) {
    List<String> all = new ArrayList<>();
    lines.forEach(all::add);
    all.stream().limit(SHOWN).forEach(line -> problems.add(what + line));
    if (all.size() > SHOWN) {
      problems.add(what + "... " + (all.size() - SHOWN) + " more");
    }
  }

  /** A line for everything that is not as it must be. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /** Requests made again. */
  public long repeats() {
    return repeats.count();
  }

  /** URLs of the last crawls of all seeds. */
  public long urls() {
    return urls;
  }
}
