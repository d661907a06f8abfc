package io.fcrawler.store.redis;

import io.fcrawler.command.Command;
import io.fcrawler.command.Command.Open;
import io.fcrawler.command.CommandCodec;
import io.fcrawler.command.Position;
import io.fcrawler.lane.Lane;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.Applied;
import io.fcrawler.store.Link;
import io.fcrawler.store.NextOffset;
import io.fcrawler.store.NoteRequest;
import io.fcrawler.store.NotedCommand;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.redisson.api.RMap;
import org.redisson.client.codec.StringCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The commands' path: noted under {@code {fcrawler}}, then applied to the seed's own keys. */
final class RedisCommands {
  private static final Logger LOG = LoggerFactory.getLogger(RedisCommands.class);

  /** Reply of {@code open.lua} where keys of the crawl are left of which its seed knows nothing. */
  private static final String REMAINS = "remains";

  /** Active seeds read at a time. */
  private static final int PART = 500;

  /** Hash: partition to "topic id : next offset to note". */
  static final String OFFSETS = "{fcrawler}:offsets";

  /** Hash: unfinished seed to its noted commands, a line each: position, tab, JSON. */
  static final String ACTIVE = "{fcrawler}:active";

  /** Sorted set: every seed ever submitted, by the time when it first was (ms). */
  static final String SEEDS = "{fcrawler}:seeds";

  private final Redis redis;
  private final RedisFormer former;
  private final String channel;

  RedisCommands(Redis redis, RedisFormer former, String channel) {
    this.redis = redis;
    this.former = former;
    this.channel = channel;
  }

  Map<Integer, NextOffset> offsets() {
    Map<Integer, NextOffset> offsets = new HashMap<>();
    redis
        .call(() -> hash(OFFSETS).readAllMap())
        .forEach((partition, value) -> offsets.put(Integer.valueOf(partition), nextOffset(value)));
    return offsets;
  }

  private static NextOffset nextOffset(String value) {
    int colon = value.lastIndexOf(':');
    return new NextOffset(value.substring(0, colon), Long.parseLong(value.substring(colon + 1)));
  }

  Optional<Long> note(NoteRequest request) {
    List<String> args = new ArrayList<>();
    args.addAll(List.of(Integer.toString(request.partition()), request.topicId()));
    args.addAll(List.of(Long.toString(request.expected()), Long.toString(request.next())));
    for (NotedCommand noted : request.commands()) {
      args.addAll(List.of(noted.command().seed().id(), line(noted)));
    }
    long stored = redis.number(Script.NOTE, List.of(OFFSETS, ACTIVE, SEEDS), args);
    return stored < 0 ? Optional.empty() : Optional.of(stored);
  }

  Applied apply(NotedCommand noted, Optional<Position> before) {
    String position = noted.position().toString();
    String after = before.map(Position::toString).orElse("");
    return switch (noted.command()) {
      case Open open -> open(open, position, after);
      case Command.Pause pause -> control(pause, position, "pause", after);
      case Command.Resume resume -> control(resume, position, "resume", after);
      case Command.Cancel cancel -> control(cancel, position, "cancel", after);
    };
  }

  Applied openWaiting(Seed seed) {
    String next = redis.call(() -> hash(new SeedKeys(seed).meta()).get("next"));
    if (next == null) {
      return Applied.IGNORED;
    }
    return CommandCodec.fromJson(next) instanceof Open open ? open(open, "", "") : Applied.IGNORED;
  }

  private Applied open(Open open, String position, String after) {
    SeedKeys seed = new SeedKeys(open.seed());
    SeedKeys.CrawlKeys crawl = seed.crawl(open.crawlId());
    Link start = Link.start(open);
    Lane lane = start.lane();
    List<String> keys = new ArrayList<>();
    keys.addAll(List.of(seed.meta(), seed.total(), seed.crawled(), seed.failed(), seed.crawls()));
    keys.addAll(List.of(seed.history(), seed.queued()));
    keys.addAll(List.of(crawl.seen(0), crawl.lanes(), crawl.queue(lane)));
    List<String> args = new ArrayList<>();
    args.addAll(List.of(position, open.crawlId().value()));
    args.add(open.saw().map(Object::toString).orElse(""));
    args.addAll(List.of(CommandCodec.toJson(open), Long.toString(open.options().maxPages())));
    args.addAll(List.of(Long.toString(open.submittedAt().toEpochMilli()), open.seed().id()));
    args.addAll(
        List.of(EntryCodec.write(start.entry()), Long.toString(start.entry().fingerprint())));
    args.addAll(List.of(lane.name(), channel));
    args.add(after);
    String reply = redis.text(Script.OPEN, keys, args);
    while (reply.equals(REMAINS)) {
      LOG.warn(
          "crawl {} of {} begins anew: Redis has keys of it, but {}, which names it, was deleted",
          open.crawlId(),
          open.seed(),
          seed.meta());
      former.removeNameless(open.seed(), open.crawlId());
      reply = redis.text(Script.OPEN, keys, args);
    }
    return applied(reply);
  }

  private Applied control(Command command, String position, String verb, String after) {
    SeedKeys seed = new SeedKeys(command.seed());
    List<String> keys =
        List.of(seed.meta(), seed.total(), seed.crawled(), seed.failed(), seed.history());
    List<String> args =
        List.of(position, command.crawlId().value(), verb, channel, command.seed().id(), after);
    return applied(redis.text(Script.CONTROL, keys, args));
  }

  private static Applied applied(String reply) {
    return Applied.valueOf(reply.toUpperCase(Locale.ROOT));
  }

  void forEachActive(Consumer<Map<Seed, List<NotedCommand>>> part) {
    Iterator<Map.Entry<String, String>> entries =
        redis.call(() -> hash(ACTIVE).entrySet(PART).iterator());
    Map<Seed, List<NotedCommand>> active = new HashMap<>();
    while (redis.call(entries::hasNext)) {
      Map.Entry<String, String> entry = redis.call(entries::next);
      active.put(new Seed(entry.getKey()), lines(entry.getValue()));
      if (active.size() == PART) {
        part.accept(active);
        active = new HashMap<>();
      }
    }
    part.accept(active);
  }

  Map<Seed, List<NotedCommand>> noted(Collection<Seed> seeds) {
    Set<String> ids = seeds.stream().map(Seed::id).collect(Collectors.toSet());
    Map<Seed, List<NotedCommand>> noted = new HashMap<>();
    redis
        .call(() -> hash(ACTIVE).getAll(ids))
        .forEach((seed, lines) -> noted.put(new Seed(seed), lines(lines)));
    return noted;
  }

  void retire(Seed seed, List<NotedCommand> commands) {
    String value = String.join("\n", commands.stream().map(RedisCommands::line).toList());
    redis.number(Script.RETIRE, List.of(ACTIVE), List.of(seed.id(), value));
  }

  void reactivate(Seed seed) {
    redis.call(() -> hash(ACTIVE).fastPutIfAbsent(seed.id(), ""));
  }

  private static String line(NotedCommand noted) {
    return noted.position() + "\t" + CommandCodec.toJson(noted.command());
  }

  private static List<NotedCommand> lines(String value) {
    return value.lines().map(RedisCommands::noted).toList();
  }

  private static NotedCommand noted(String line) {
    int tab = line.indexOf('\t');
    return new NotedCommand(
        Position.parse(line.substring(0, tab)), CommandCodec.fromJson(line.substring(tab + 1)));
  }

  private RMap<String, String> hash(String key) {
    return redis.client().getMap(key, StringCodec.INSTANCE);
  }
}
