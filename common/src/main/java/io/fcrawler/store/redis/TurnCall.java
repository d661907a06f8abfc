package io.fcrawler.store.redis;

import io.fcrawler.lane.Lane;
import io.fcrawler.store.HostReport;
import io.fcrawler.store.LaneTurn;
import io.fcrawler.store.Link;
import io.fcrawler.store.Outcome;
import io.fcrawler.store.TurnRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The KEYS and ARGV of one turn, for a given number of dedupe buckets; see {@code turn.lua}. */
final class TurnCall {
  private final SeedKeys.CrawlKeys crawl;
  private final int buckets;
  private final List<String> keys = new ArrayList<>();
  private final List<String> args = new ArrayList<>();
  private final Map<String, String> keyNumbers = new HashMap<>();
  private final Map<Lane, String> targets = new HashMap<>();

  TurnCall(TurnRequest request, int buckets, String channel) {
    SeedKeys seed = new SeedKeys(request.session().crawl().seed());
    this.crawl = seed.crawl(request.session().crawl().crawlId());
    this.buckets = buckets;
    fixedKeys(seed, request);
    laneKeys(request);
    int splits = Buckets.splitsFor(request.lanes().stream().mapToInt(l -> l.links().size()).sum());
    header(request, channel, splits);
    targets(request);
    request.lanes().forEach(this::lane);
    splitKeys(splits);
  }

  List<String> keys() {
    return keys;
  }

  List<String> args() {
    return args;
  }

  private void fixedKeys(SeedKeys seed, TurnRequest request) {
    keys.addAll(List.of(seed.meta(), seed.total(), seed.crawled(), seed.failed()));
    keys.add(crawl.session(request.session().id()));
    keys.addAll(List.of(crawl.lanes(), crawl.hosts(), crawl.failures(), crawl.excluded()));
    keys.addAll(List.of(seed.history(), crawl.spread()));
  }

  private void laneKeys(TurnRequest request) {
    for (LaneTurn turn : request.lanes()) {
      keys.add(crawl.lane(turn.lane()));
      keyNumber(crawl.queue(turn.lane()));
      keys.add(crawl.inflight(turn.lane()));
      keys.add(crawl.delayed(turn.lane()));
    }
  }

  private void header(TurnRequest request, String channel, int splits) {
    args.add(request.session().crawl().crawlId().value());
    args.add(request.session().id());
    args.add(Long.toString(request.session().seq()));
    args.add(ms(request.lease()));
    args.add(ms(RedisSessions.ttl(request.lease())));
    args.add(Integer.toString(buckets));
    args.add(channel);
    args.add(request.session().crawl().seed().id());
    args.add(Integer.toString(splits));
    args.add(Integer.toString(request.lanes().size()));
    args.add(Integer.toString(request.patience().failures()));
    args.add(ms(request.patience().longestPause()));
    args.add(ms(request.patience().giveUp()));
  }

  private void targets(TurnRequest request) {
    List<String> entries = new ArrayList<>();
    for (LaneTurn turn : request.lanes()) {
      for (Link link : turn.links()) {
        if (!targets.containsKey(link.lane())) {
          targets.put(link.lane(), Integer.toString(targets.size() + 1));
          entries.add(link.lane().name());
          entries.add(keyNumber(crawl.queue(link.lane())));
        }
      }
    }
    args.add(Integer.toString(targets.size()));
    args.addAll(entries);
  }

  private void lane(LaneTurn turn) {
    args.add(turn.lane().host());
    args.add(Integer.toString(turn.claims()));
    args.add(String.join(" ", turn.joins()));
    args.add(turn.spreads() ? "1" : "");
    args.add(Integer.toString(turn.host().size()));
    args.add(Integer.toString(turn.outcomes().size()));
    args.add(Integer.toString(turn.links().size()));
    turn.host().forEach(this::report);
    turn.outcomes().forEach(this::outcome);
    turn.links().forEach(this::link);
  }

  private void report(HostReport report) {
    switch (report) {
      case HostReport.Well _ -> values("w", "", "0");
      case HostReport.Troubled troubled ->
          values(troubled.counts() ? "c" : "n", troubled.reason(), ms(troubled.pause()));
    }
  }

  private void outcome(Outcome outcome) {
    args.add(Long.toString(outcome.fingerprint()));
    switch (outcome) {
      case Outcome.Crawled crawled -> values("c", Long.toString(crawled.bytes()), "");
      case Outcome.Failed failed -> values("f", failed.url(), FailureCodec.write(failed));
      case Outcome.Excluded excluded -> values("x", excluded.url(), excluded.reason());
      case Outcome.Retry retry -> values("r", EntryCodec.write(retry.next()), ms(retry.delay()));
      case Outcome.Withdrawn withdrawn -> values("w", bucket(withdrawn.fingerprint()), "");
    }
  }

  private void values(String kind, String first, String second) {
    args.add(kind);
    args.add(first);
    args.add(second);
  }

  private void link(Link link) {
    args.add(Long.toString(link.entry().fingerprint()));
    args.add(bucket(link.entry().fingerprint()));
    args.add(targets.get(link.lane()));
    args.add(EntryCodec.write(link.entry()));
    args.add(link.exclusion().orElse(""));
  }

  private void splitKeys(int splits) {
    for (int count = buckets; count < buckets + splits; count++) {
      keys.add(crawl.seen(Buckets.splitAt(count)));
      keys.add(crawl.seen(count));
    }
  }

  private String bucket(long fingerprint) {
    return keyNumber(crawl.seen(Buckets.of(fingerprint, buckets)));
  }

  /** The place of a key among KEYS, from 1, where it is put if it is not there yet. */
  private String keyNumber(String key) {
    return keyNumbers.computeIfAbsent(
        key,
        absent -> {
          keys.add(absent);
          return Integer.toString(keys.size());
        });
  }

  static String ms(Duration duration) {
    return Long.toString(duration.toMillis());
  }
}
