package io.fcrawler.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fcrawler.command.OptionsJson;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.CrawlRef;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.Damage;
import io.fcrawler.store.Exclusion;
import io.fcrawler.store.Failure;
import io.fcrawler.store.FormerCrawl;
import io.fcrawler.store.ListPage;
import io.fcrawler.store.Progress;
import io.fcrawler.store.Receipt;
import io.fcrawler.store.TroubledHost;
import io.fcrawler.store.WorkerReport;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** What the API shows, as JSON; what is absent or unknown is left out. Times are in ISO 8601. */
final class Views {
  private Views() {}

  /** The path of a seed's resource. */
  static String path(Seed seed) {
    String id = URLEncoder.encode(seed.id(), StandardCharsets.UTF_8).replace("%3A", ":");
    return "/api/fcrawler/seed/" + id;
  }

  static ObjectNode progress(Progress crawl) {
    ObjectNode json = head(crawl.crawl(), crawl.status());
    json.put("total", crawl.total()).put("crawled", crawl.crawled());
    json.put("failed", crawl.failed()).put("pending", crawl.pending());
    json.put("inFlight", crawl.inFlight()).put("excluded", crawl.excluded());
    json.put("progress", crawl.progress()).put("bytes", crawl.bytes());
    crawl
        .pagesPerSecond()
        .ifPresent(rate -> json.put("pagesPerSecond", Math.round(rate * 1000) / 1000.0));
    crawl.eta().ifPresent(eta -> json.put("etaSeconds", eta.plusMillis(999).toSeconds()));
    json.put("submittedAt", crawl.submittedAt().toString());
    crawl.startedAt().ifPresent(time -> json.put("startedAt", time.toString()));
    json.put("updatedAt", crawl.updatedAt().toString());
    crawl.finishedAt().ifPresent(time -> json.put("finishedAt", time.toString()));
    crawl.damage().ifPresent(damage -> json.set("damaged", damaged(damage)));
    json.set("options", OptionsJson.write(crawl.options()));
    return json;
  }

  private static ObjectNode damaged(Damage damage) {
    ObjectNode json = object().put("since", damage.since().toString());
    damage.differences().forEach(json.putArray("differences")::add);
    return json.put("remedy", Damage.REMEDY);
  }

  static ObjectNode progress(
      Progress crawl, List<TroubledHost> troubled, List<WorkerReport> workers) {
    ObjectNode json = progress(crawl);
    if (!troubled.isEmpty()) {
      ArrayNode hosts = json.putArray("troubledHosts");
      troubled.forEach(host -> hosts.add(troubledHost(host)));
    }
    if (!workers.isEmpty()) {
      ArrayNode array = json.putArray("troubledWorkers");
      workers.forEach(worker ->
          array
              .addObject()
              .put("id", worker.id())
              .put("host", worker.host())
              .put("reason", worker.problem().orElseThrow()));
    }
    return json;
  }

  private static ObjectNode troubledHost(TroubledHost host) {
    ObjectNode json = object().put("host", host.host()).put("state", host.state().word());
    json.put("reason", host.reason()).put("failures", host.failures());
    host.until().ifPresent(time -> json.put("until", time.toString()));
    return json;
  }

  static ObjectNode failures(Progress crawl, ListPage<Failure> page) {
    return listing(crawl, "failures", page, Views::failure);
  }

  static ObjectNode excluded(Progress crawl, ListPage<Exclusion> page) {
    return listing(crawl, "excluded", page, Views::exclusion);
  }

  private static <T> ObjectNode listing(
      Progress crawl, String name, ListPage<T> page, Function<T, ObjectNode> view) {
    ObjectNode json = head(crawl.crawl(), crawl.status());
    ArrayNode items = json.putArray(name);
    page.items().forEach(item -> items.add(view.apply(item)));
    page.cursor().ifPresent(url -> json.put("cursor", Cursor.of(url)));
    return json;
  }

  private static ObjectNode exclusion(Exclusion exclusion) {
    return object().put("url", exclusion.url()).put("reason", exclusion.reason());
  }

  private static ObjectNode failure(Failure failure) {
    ObjectNode json = object().put("url", failure.url()).put("reason", failure.reason());
    if (failure.httpStatus() != 0) {
      json.put("httpStatus", failure.httpStatus());
    }
    json.put("attempts", failure.attempts());
    if (!failure.referrer().isEmpty()) {
      json.put("referrer", failure.referrer());
    }
    return json.put("time", failure.time().toString());
  }

  static ObjectNode receipt(Receipt receipt) {
    ObjectNode json = head(receipt.crawl(), receipt.status());
    json.put("total", receipt.total()).put("crawled", receipt.crawled());
    json.put("failed", receipt.failed()).put("excluded", receipt.excluded());
    json.put("queued", receipt.queued()).put("delayed", receipt.delayed());
    json.put("inFlight", receipt.inFlight()).put("fingerprints", receipt.fingerprints());
    json.put("listedFailures", receipt.listedFailures());
    json.put("listedExclusions", receipt.listedExclusions());
    json.put("verdict", receipt.clean() ? "clean" : "differs");
    receipt.differences().forEach(json.putArray("differences")::add);
    return json;
  }

  static ObjectNode crawls(Seed seed, List<FormerCrawl> crawls) {
    ObjectNode json = object().put("seed", seed.id());
    ArrayNode array = json.putArray("crawls");
    crawls.forEach(crawl -> array.add(former(crawl)));
    return json;
  }

  private static ObjectNode former(FormerCrawl crawl) {
    ObjectNode json = object().put("crawlId", crawl.crawlId().value());
    json.put("status", crawl.status().word()).put("total", crawl.total());
    json.put("crawled", crawl.crawled()).put("failed", crawl.failed());
    json.put("excluded", crawl.excluded()).put("bytes", crawl.bytes());
    json.put("submittedAt", crawl.submittedAt().toString());
    crawl.startedAt().ifPresent(time -> json.put("startedAt", time.toString()));
    crawl.finishedAt().ifPresent(time -> json.put("finishedAt", time.toString()));
    return json;
  }

  private static ObjectNode head(CrawlRef crawl, CrawlStatus status) {
    return object()
        .put("seed", crawl.seed().id())
        .put("crawlId", crawl.crawlId().value())
        .put("status", status.word());
  }

  /** Workers, the latest started first; one that is silent for long is not alive. */
  static ObjectNode workers(List<WorkerReport> workers, InstantSource clock) {
    ObjectNode json = object();
    ArrayNode array = json.putArray("workers");
    workers.stream()
        .sorted(Comparator.comparing(WorkerReport::startedAt).reversed())
        .forEach(worker -> array.add(worker(worker, clock.instant())));
    return json;
  }

  private static ObjectNode worker(WorkerReport worker, Instant now) {
    ObjectNode json = object().put("id", worker.id()).put("host", worker.host());
    json.put("version", worker.version()).put("startedAt", worker.startedAt().toString());
    json.put("heartbeatAt", worker.heartbeatAt().toString()).put("alive", worker.alive(now));
    json.put("slots", worker.slots()).put("lanes", worker.lanes());
    json.put("inFlight", worker.inFlight());
    json.put("pagesPerSecond", Math.round(worker.pagesPerSecond() * 1000) / 1000.0);
    worker.problem().ifPresent(problem -> json.put("problem", problem));
    json.put("heapUsedBytes", worker.heapUsedBytes());
    return json.put("heapMaxBytes", worker.heapMaxBytes());
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
