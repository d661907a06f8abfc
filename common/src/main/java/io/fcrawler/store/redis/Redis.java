package io.fcrawler.store.redis;

import io.fcrawler.config.CaFile;
import io.fcrawler.config.RedisSettings;
import io.fcrawler.store.NotPermittedException;
import io.fcrawler.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.redisson.Redisson;
import org.redisson.api.BatchOptions;
import org.redisson.api.RBatch;
import org.redisson.api.RFuture;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.api.redisnode.RedisNode;
import org.redisson.api.redisnode.RedisNode.InfoSection;
import org.redisson.api.redisnode.RedisNodes;
import org.redisson.client.RedisConnection;
import org.redisson.client.RedisNoScriptException;
import org.redisson.client.RedisResponseTimeoutException;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.BaseConfig;
import org.redisson.config.Config;
import org.redisson.config.ReadMode;
import org.redisson.config.SentinelServersConfig;
import org.redisson.config.SingleServerConfig;
import org.redisson.config.SubscriptionMode;

/**
 * The connection to Redis. Every call is sent once: a repeat after a lost answer is for the caller
 * to decide, who knows what it would mean. All reads go to the master.
 */
final class Redis implements AutoCloseable {
  private static final int TIMEOUT_MS = 4000;
  private static final int POOL = 32;
  private static final int SUBSCRIPTION_POOL = 2;

  /** How often Sentinels are asked who the master is. */
  private static final int SENTINEL_SCAN_MS = 500;

  private final RedissonClient client;
  private final boolean sentinel;
  private final RScript scripts;
  private final Guard guard = new Guard();

  Redis(RedisSettings settings) {
    client = Redisson.create(config(settings));
    sentinel = settings.sentinel().isPresent();
    scripts = client.getScript(StringCodec.INSTANCE);
  }

  private static Config config(RedisSettings settings) {
    Config config = new Config();
    config.setCodec(StringCodec.INSTANCE);
    config.setLazyInitialization(true); // Redis may be away when a program starts
    config.setThreads(2);
    config.setNettyThreads(2);
    config.setNettyHook(new EndedConnections());
    settings.username().ifPresent(config::setUsername);
    settings.password().ifPresent(config::setPassword);
    settings.caFile().map(CaFile::trust).ifPresent(config::setSslTrustManagerFactory);
    settings
        .sentinel()
        .ifPresentOrElse(
            sentinel -> behindSentinels(config, settings, sentinel), () -> alone(config, settings));
    return config;
  }

  private static void alone(Config config, RedisSettings settings) {
    SingleServerConfig server = config.useSingleServer();
    common(server, settings);
    server.setAddress(settings.addresses().getFirst());
    server.setDatabase(settings.database());
    server.setConnectionMinimumIdleSize(1);
    server.setConnectionPoolSize(POOL);
    server.setSubscriptionConnectionMinimumIdleSize(1);
    server.setSubscriptionConnectionPoolSize(SUBSCRIPTION_POOL);
  }

  /** Replicas are never asked: they may not know yet what the master has answered. */
  private static void behindSentinels(
      Config config, RedisSettings settings, RedisSettings.Sentinel sentinel) {
    SentinelServersConfig servers = config.useSentinelServers();
    common(servers, settings);
    servers.setSentinelAddresses(settings.addresses());
    servers.setMasterName(sentinel.master());
    sentinel.username().ifPresent(servers::setSentinelUsername);
    sentinel.password().ifPresent(servers::setSentinelPassword);
    servers.setCheckSentinelsList(false); // one that answers is enough
    servers.setScanInterval(SENTINEL_SCAN_MS);
    servers.setDatabase(settings.database());
    servers.setReadMode(ReadMode.MASTER);
    servers.setSubscriptionMode(SubscriptionMode.MASTER);
    servers.setMasterConnectionMinimumIdleSize(1);
    servers.setMasterConnectionPoolSize(POOL);
    servers.setSubscriptionConnectionMinimumIdleSize(1);
    servers.setSubscriptionConnectionPoolSize(SUBSCRIPTION_POOL);
  }

  private static void common(BaseConfig<?> servers, RedisSettings settings) {
    servers.setConnectTimeout(Math.toIntExact(settings.connectTimeout().toMillis()));
    servers.setTimeout(TIMEOUT_MS);
    servers.setRetryAttempts(0);
  }

  RedissonClient client() {
    return client;
  }

  /** Commands to be sent together, once. */
  RBatch batch() {
    return client.createBatch(BatchOptions.defaults().retryAttempts(0));
  }

  /** Runs a script that replies with a list of strings, numbers (Long) and lists of such. */
  @SuppressWarnings("unchecked") // a list of whatever the codec makes
  List<Object> list(Script script, List<String> keys, List<String> args) {
    return (List<Object>) run(script, RScript.ReturnType.LIST, keys, args);
  }

  /**
   * Runs a script without arguments on several seeds' keys, by one batch; gives a list for each.
   *
   * <p>Each runs on its own, and may see the effects of other calls between.
   */
  List<List<Object>> lists(Script script, List<List<String>> keys) {
    return keys.isEmpty() ? List.of() : loaded(script, () -> evaluateAll(script, keys));
  }

  private List<List<Object>> evaluateAll(Script script, List<List<String>> keys) {
    RBatch batch = batch();
    List<RFuture<List<Object>>> answers = new ArrayList<>();
    for (List<String> each : keys) {
      answers.add(
          batch
              .getScript(StringCodec.INSTANCE)
              .evalShaAsync(
                  each.getFirst(),
                  RScript.Mode.READ_WRITE,
                  script.sha1(),
                  RScript.ReturnType.LIST,
                  List.copyOf(each)));
    }
    batch.execute();
    return answers.stream().map(RFuture::resultNow).toList();
  }

  /** Runs a script that replies with a string. */
  String text(Script script, List<String> keys, List<String> args) {
    return (String) run(script, RScript.ReturnType.STRING, keys, args);
  }

  /** Runs a script that replies with a whole number. */
  long number(Script script, List<String> keys, List<String> args) {
    return (Long) run(script, RScript.ReturnType.LONG, keys, args);
  }

  private Object run(Script script, RScript.ReturnType type, List<String> keys, List<String> args) {
    List<Object> scriptKeys = List.copyOf(keys);
    Object[] values = args.toArray();
    return loaded(script, () -> evaluate(script, type, scriptKeys, values));
  }

  /** Makes a call of a script, and once more where the server did not have the script. */
  private <T> T loaded(Script script, Supplier<T> evaluation) {
    return call(() -> {
      try {
        return evaluation.get();
      } catch (RedisNoScriptException e) { // a restarted server forgot it; nothing was done
        scripts.scriptLoad(script.source());
        return evaluation.get();
      }
    });
  }

  private Object evaluate(
      Script script, RScript.ReturnType type, List<Object> keys, Object[] values) {
    String first = (String) keys.getFirst();
    return Objects.requireNonNull(
        scripts.evalSha(first, RScript.Mode.READ_WRITE, script.sha1(), type, keys, values));
  }

  /** The sections persistence and memory of INFO, by field; empty where this user may not ask. */
  Map<String, String> info() {
    try {
      return call(() -> {
        RedisNode node = master();
        Map<String, String> info = new HashMap<>(node.info(InfoSection.PERSISTENCE));
        info.putAll(node.info(InfoSection.MEMORY));
        return info;
      });
    } catch (NotPermittedException e) {
      return Map.of();
    }
  }

  private RedisNode master() {
    return sentinel
        ? client.getRedisNodes(RedisNodes.SENTINEL_MASTER_SLAVE).getMaster()
        : client.getRedisNodes(RedisNodes.SINGLE).getInstance();
  }

  /** Has {@code check} precede calls, see {@link Guard}; it must not use {@link #call}. */
  void guardBy(Runnable check) {
    guard.set(check);
  }

  /** Makes a call, and says by the store's own exceptions what went wrong. */
  <T> T call(Supplier<T> call) {
    try {
      guard.pass();
      return call.get();
    } catch (RuntimeException e) {
      if (e instanceof RedisResponseTimeoutException) {
        reconnect();
      }
      RuntimeException translated = RedisErrors.translate(e);
      if (translated instanceof StoreUnavailableException) {
        guard.close();
      }
      throw translated;
    }
  }

  /**
   * Has all connections made anew. One that did not answer in time may be half-open, as the others,
   * and Redisson gives up none that is in use.
   */
  private void reconnect() {
    ((Redisson) client)
        .getCommandExecutor().getConnectionManager().getEntrySet().stream()
            .flatMap(entry -> entry.getAllEntries().stream())
            .flatMap(node -> node.getConnectionsHolder().getAllConnections().stream())
            .forEach(RedisConnection::forceFastReconnectAsync);
  }

  @Override
  public void close() {
    client.shutdown();
  }
}
