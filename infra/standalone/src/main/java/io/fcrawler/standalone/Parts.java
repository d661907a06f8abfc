package io.fcrawler.standalone;

import io.fcrawler.embedded.EmbeddedServerException;
import io.fcrawler.embedded.KafkaProbe;
import io.fcrawler.embedded.RedisBinary;
import io.fcrawler.embedded.RedisProbe;
import io.fcrawler.standalone.Part.Launch;
import io.fcrawler.standalone.Part.Readiness;
import io.fcrawler.standalone.Part.Tier;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The parts of a standalone fcrawler, by its options. */
final class Parts {
  private static final String LOOPBACK = "127.0.0.1:";
  private static final List<String> REDIS_OPTIONS =
      List.of(
          "--appendonly", "yes",
          "--maxmemory-policy", "noeviction",
          // The append-only file is what is loaded; snapshots beside it would only cost.
          "--save", "");

  /** What is said of a Redis and a Kafka that are elsewhere. */
  private static final List<String> ELSEWHERE =
      List.of(
          "REDIS_URL",
          "REDIS_USERNAME",
          "REDIS_PASSWORD",
          "REDIS_DB",
          "REDIS_TLS_CA_FILE",
          "KAFKA_SECURITY_PROTOCOL",
          "KAFKA_SASL_MECHANISM",
          "KAFKA_SASL_USERNAME",
          "KAFKA_SASL_PASSWORD",
          "KAFKA_SSL_CA_FILE",
          "PORT");

  private final Options options;
  private final Map<String, String> env;
  private final DataFolder data;
  private final Programs programs;
  private final Console console;
  private final BindAddress bind;

  Parts(
      Options options,
      Map<String, String> env,
      DataFolder data,
      Programs programs,
      Console console) {
    this.options = options;
    this.env = env;
    this.data = data;
    this.programs = programs;
    this.console = console;
    this.bind = BindAddress.of(env);
  }

  List<Part> all() {
    List<Part> parts = new ArrayList<>(List.of(redis(), kafka(), api()));
    for (int i = 0; i < options.workers(); i++) {
      parts.add(worker(i));
    }
    return List.copyOf(parts);
  }

  private Part redis() {
    RedisBinary binary = redisBinary();
    AofRepair repair = new AofRepair(data.redis(), binary.checkAof(data.run()), LocalDateTime::now);
    List<String> redisOptions = new ArrayList<>(REDIS_OPTIONS);
    redisOptions.addAll(AofRepair.REDIS_OPTIONS);
    redisOptions.addAll(List.of("--appendfsync", options.appendFsync()));
    List<String> command =
        SignalShield.forRedis(binary.command(options.redisPort(), data.redis(), redisOptions));
    String where =
        "%s%d (version %s, %s)"
            .formatted(LOOPBACK, options.redisPort(), binary.version(), binary.origin());
    return new Part(
        "redis",
        Tier.REDIS,
        () -> {
          repair.repairZeros().ifPresent(done -> console.line("redis " + done));
          return new Launch(command, env, this::redisReadiness, where);
        },
        repair::repairAfter);
  }

  private RedisBinary redisBinary() {
    try {
      return RedisBinary.find(env);
    } catch (EmbeddedServerException e) {
      throw new StartFailure(String.valueOf(e.getMessage()), e);
    }
  }

  private Readiness redisReadiness(ProcessHandle process) {
    return switch (RedisProbe.ask(options.redisPort(), process.pid())) {
      case READY -> Readiness.READY;
      case LOADING -> Readiness.WORKING;
      case NONE -> Readiness.NOT_YET;
    };
  }

  private Part kafka() {
    int port = options.kafkaPort();
    Launch launch =
        new Launch(
            programs.command(programs.broker(), data.kafka().toString(), Integer.toString(port)),
            env,
            process -> KafkaProbe.answers(port) ? Readiness.READY : Readiness.NOT_YET,
            LOOPBACK + port);
    return Part.of("kafka", Tier.KAFKA, () -> launch);
  }

  private Part api() {
    String address = bind.url(options.apiPort());
    Map<String, String> environment = environment();
    environment.put("PORT", Integer.toString(options.apiPort()));
    Launch launch =
        new Launch(
            programs.command(programs.api()), environment, HttpCheck.readyz(address), address);
    return Part.of("submit-api", Tier.API, () -> launch);
  }

  private Part worker(int index) {
    return Part.of(
        "crawler-worker-" + (index + 1),
        Tier.WORKER,
        () -> {
          int port = options.workerPort() == 0 ? Ports.anyFree() : options.workerPort() + index;
          String address = bind.url(port);
          Map<String, String> environment = environment();
          environment.put("FCRAWLER_WORKER_PORT", Integer.toString(port));
          return new Launch(
              programs.command(programs.worker()), environment, HttpCheck.readyz(address), address);
        });
  }

  /** The user's, but with this Redis and this Kafka, and the launcher as the parent to watch. */
  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(env);
    ELSEWHERE.forEach(environment::remove);
    environment.put("REDIS_HOST", "127.0.0.1");
    environment.put("REDIS_PORT", Integer.toString(options.redisPort()));
    environment.put("REDIS_DATA_DIR", data.redis().toString());
    environment.put("KAFKA_BOOTSTRAP_SERVERS", LOOPBACK + options.kafkaPort());
    environment.put("FCRAWLER_PARENT_PID", Long.toString(ProcessHandle.current().pid()));
    return environment;
  }
}
