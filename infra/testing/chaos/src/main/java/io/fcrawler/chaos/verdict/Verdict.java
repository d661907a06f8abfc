package io.fcrawler.chaos.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import io.fcrawler.chaos.Api;
import io.fcrawler.chaos.fault.Frozen;
import io.fcrawler.chaos.fault.Span;
import io.fcrawler.chaos.site.SeedSite;
import io.fcrawler.chaos.site.Web;
import io.fcrawler.testing.web.SiteServer;
import io.fcrawler.testing.web.Truth;
import io.fcrawler.testing.web.Visit;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Looks at all that there is when every crawl is done. */
public final class Verdict {
  private static final int SHOWN = 5;

  private final Api api;
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
      Api api, String servers, List<Frozen> frozen, List<Span> spans, int retries, long zeroNs) {
    this.api = api;
    this.topic = PageTopic.read(servers);
    this.lanes = new LaneWatch(frozen);
    this.repeats = new Repeats(spans, retries, zeroNs);
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
  }

  private void look(SeedSite site, List<Visit> visits) throws InterruptedException {
    Truth truth = site.site().truth();
    JsonNode progress = answer(site, "");
    String crawlId = progress.path("crawlId").asText();
    numbers(site, truth, progress);
    equal(site, "receipt", answer(site, "/receipt").path("verdict").asText(), "clean");
    failures(site, truth);
    pages(site, truth, topic.urls().getOrDefault(crawlId, Set.of()));
    JsonNode former = answer(site, "/crawls").path("crawls");
    former.forEach(crawl -> finals(site, truth, crawl));
    repeats.look(site, visits, 1 + former.size());
    if (former.isEmpty()) {
      lanes.look(site, UUID.fromString(crawlId), visits);
    }
    urls += truth.total();
  }

  private JsonNode answer(SeedSite site, String rest) throws InterruptedException {
    return api.get(site, rest)
        .orElseThrow(() -> new IllegalStateException("no answer: " + site.id() + rest));
  }

  private void numbers(SeedSite site, Truth truth, JsonNode progress) {
    equal(site, "status", progress.path("status").asText(), "done");
    finals(site, truth, progress);
    equal(site, "pending", progress.path("pending").asLong(), 0L);
    equal(site, "inFlight", progress.path("inFlight").asLong(), 0L);
  }

  private void finals(SeedSite site, Truth truth, JsonNode crawl) {
    equal(site, "total", crawl.path("total").asLong(), (long) truth.total());
    equal(site, "crawled", crawl.path("crawled").asLong(), (long) truth.crawled().size());
    equal(site, "failed", crawl.path("failed").asLong(), (long) truth.failed().size());
    equal(site, "excluded", crawl.path("excluded").asLong(), (long) truth.excluded().size());
  }

  private void equal(SeedSite site, String what, Object got, Object expected) {
    if (!Objects.equals(got, expected)) {
      problems.add(site.id() + ": " + what + " is " + got + ", not " + expected);
    }
  }

  private void failures(SeedSite site, Truth truth) throws InterruptedException {
    Map<String, String> got = new HashMap<>();
    String cursor = "";
    do {
      JsonNode page = answer(site, "/failures?limit=100" + cursor);
      page.path("failures")
          .forEach(each -> got.put(each.path("url").asText(), each.path("reason").asText()));
      String next = page.path("cursor").asText();
      cursor = next.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    } while (!cursor.isEmpty());
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
