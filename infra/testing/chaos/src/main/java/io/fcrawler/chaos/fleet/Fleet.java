package io.fcrawler.chaos.fleet;

import io.fcrawler.embedded.FurtherListener;
import io.fcrawler.embedded.Loopback;
import io.fcrawler.standalone.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Redis, Kafka, APIs and workers, and the links between them. */
public final class Fleet implements AutoCloseable {
  /** After which Kafka and the leases give up on a worker. */
  public static final Duration SESSION_TIMEOUT = Duration.ofSeconds(6);

  /** The worker that may join, and leave. */
  public static final String JOINER = "joiner";

  private static final Duration STOP = Duration.ofSeconds(35);

  private final Path folder;
  private volatile Programs programs;
  private final Map<String, String> further;
  private final Map<String, Part> parts = new LinkedHashMap<>();
  private final Map<String, Link> links = new LinkedHashMap<>();
  private final Map<String, Integer> ports = new HashMap<>();
  private final int kafkaPort = Loopback.freePort();
  private final int redisPort = Loopback.freePort();
  private final Disk disk;

  /**
   * Starts all but the one that may join.
   *
   * @param root of the project, where the programs were built
   * @param folder for all files of this fleet
   * @param apis how many
   * @param workers how many
   * @param further environment of the API and the workers
   */
  public Fleet(Path root, Path folder, int apis, int workers, Map<String, String> further) {
    this.folder = folder;
    this.programs = Programs.in(root);
    this.further = Map.copyOf(further);
    this.disk = Disk.at(folder.resolve("redis"));
    try {
      begin(apis, workers);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void begin(int apis, int workers) {
    List<String> names = new ArrayList<>(apiNames(apis));
    names.addAll(workerNames(workers));
    List<FurtherListener> listeners = new ArrayList<>();
    for (String name : concat(names, JOINER)) {
      links.put(name + "-redis", Link.to(redisPort));
      int port = Loopback.freePort();
      Link link = Link.to(port);
      links.put(name + "-kafka", link);
      listeners.add(new FurtherListener(listenerName(name), port, link.port()));
    }
    parts.put("redis", new RedisPart(folder.resolve("redis"), folder, redisPort));
    parts.put("kafka", new KafkaPart(folder.resolve("kafka"), kafkaPort, listeners));
    apiNames(apis).forEach(name -> parts.put(name, api(name)));
    workerNames(workers).forEach(name -> parts.put(name, worker(name)));
  }

  private static List<String> concat(List<String> names, String last) {
    List<String> all = new ArrayList<>(names);
    all.add(last);
    return all;
  }

  private static List<String> apiNames(int count) {
    return numbered("api", count);
  }

  private static List<String> workerNames(int count) {
    return numbered("worker", count);
  }

  private static List<String> numbered(String name, int count) {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      names.add(name + "-" + i);
    }
    return names;
  }

  private static String listenerName(String part) {
    return part.replace("-", "").toUpperCase(java.util.Locale.ROOT);
  }

  private JavaPart api(String name) {
    Map<String, String> environment = environment(name);
    environment.put("PORT", port(name));
    return new JavaPart(name, command(name), environment, log(name));
  }

  /** The User-Agent by which a worker's requests are known. */
  public static String agent(String worker) {
    return "chaos/" + worker;
  }

  private JavaPart worker(String name) {
    Map<String, String> environment = environment(name);
    environment.put("FCRAWLER_WORKER_PORT", port(name));
    environment.put("FCRAWLER_SESSION_TIMEOUT", SESSION_TIMEOUT.toSeconds() + "s");
    environment.put("FCRAWLER_USER_AGENT", agent(name));
    return new JavaPart(name, command(name), environment, log(name));
  }

  /** Has every API and worker that is started from now on be the program that was built there. */
  public void upgradeTo(Path root) {
    programs = Programs.in(root);
    for (Part part : parts.values()) {
      if (part instanceof JavaPart program) {
        program.become(command(part.name()));
      }
    }
  }

  private List<String> command(String name) {
    return programs.command(name.startsWith("api") ? programs.api() : programs.worker());
  }

  /** A free port, that stays the part's. */
  private String port(String name) {
    return Integer.toString(ports.computeIfAbsent(name, _ -> Loopback.freePort()));
  }

  private Map<String, String> environment(String name) {
    Map<String, String> environment = new HashMap<>(further);
    environment.put("REDIS_URL", "redis://127.0.0.1:" + link(name, "redis").port());
    environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + link(name, "kafka").port());
    environment.put("FCRAWLER_ALLOW_PRIVATE", "127.0.0.0/8");
    environment.put("FCRAWLER_PARENT_PID", Long.toString(ProcessHandle.current().pid()));
    return environment;
  }

  private Path log(String name) {
    return folder.resolve(name + ".log");
  }

  public Part part(String name) {
    return Objects.requireNonNull(parts.get(name), name);
  }

  public Collection<Part> parts() {
    return List.copyOf(parts.values());
  }

  public RedisPart redis() {
    return (RedisPart) part("redis");
  }

  public String kafkaServers() {
    return ((KafkaPart) part("kafka")).servers();
  }

  /** The way from a part to {@code redis} or {@code kafka}. */
  public Link link(String part, String server) {
    return Objects.requireNonNull(links.get(part + "-" + server), part);
  }

  public Disk disk() {
    return disk;
  }

  public Path folder() {
    return folder;
  }

  public List<String> apiUrls() {
    return ports.keySet().stream()
        .filter(name -> name.startsWith("api"))
        .sorted()
        .map(this::url)
        .toList();
  }

  /** The APIs and the workers. */
  public List<String> programNames() {
    return parts.values().stream().filter(JavaPart.class::isInstance).map(Part::name).toList();
  }

  /** Where an API or a worker answers, with its health at least. */
  public String url(String name) {
    return "http://127.0.0.1:" + ports.get(name);
  }

  /** A further worker, which is no part that may die. */
  public JavaPart join() {
    return worker(JOINER);
  }

  /** The names of parts that are not there although no fault took them. */
  public List<String> dead() {
    return parts.values().stream().filter(Part::died).map(Part::name).toList();
  }

  /** What is still there after all parts have ended: ports that are taken. */
  public List<String> leftOvers() {
    List<Integer> all = new ArrayList<>(ports.values());
    all.add(redisPort);
    all.add(kafkaPort);
    return all.stream().filter(port -> !Loopback.isFree(port)).map(port -> "port " + port).toList();
  }

  /** What is done to all parts. */
  public interface Work {
    void run() throws InterruptedException;
  }

  /** Does work while no fault has any part. */
  public void alone(Work work) throws InterruptedException {
    List<Part> held = new ArrayList<>();
    try {
      for (Part part : parts.values()) {
        part.lock().lockInterruptibly();
        held.add(part);
      }
      work.run();
    } finally {
      held.forEach(part -> part.lock().unlock());
    }
  }

  /** SIGTERM, in order: workers and APIs at once, then the servers. */
  public void stopAll() {
    List<Part> all = new ArrayList<>(parts.values()).reversed();
    all.stream()
        .filter(JavaPart.class::isInstance)
        .map(part -> Thread.ofVirtual().start(() -> part.stop(STOP)))
        .toList()
        .forEach(Fleet::join);
    all.stream().filter(part -> !(part instanceof JavaPart)).forEach(part -> part.stop(STOP));
  }

  /** SIGKILL of all at once. */
  public void killAll() {
    parts.values().stream()
        .map(part -> Thread.ofVirtual().start(part::kill))
        .toList()
        .forEach(Fleet::join);
  }

  /** Starts all again on what they left, the servers first. */
  public void startAll() {
    parts.values().forEach(Part::start);
  }

  /** Stops all. */
  @Override
  public synchronized void close() {
    parts.values().stream().filter(part -> part.process().isAlive()).forEach(Part::thaw);
    stopAll();
    for (Link link : links.values()) {
      try {
        link.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    keepRedisLog();
    disk.close();
  }

  private void keepRedisLog() {
    Path log = folder.resolve("redis").resolve("redis.log");
    try {
      if (Files.exists(log)) {
        Files.copy(log, folder.resolve("redis.log"), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
