package io.fcrawler.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings of a broker that is alone in its cluster: one replica of everything, few threads, no
 * waiting for further group members, and session timeouts down to a second.
 */
final class BrokerConfig {
  static final String BROKER_LISTENER = "PLAINTEXT";
  static final String CONTROLLER_LISTENER = "CONTROLLER";
  static final int NODE_ID = 1;

  private BrokerConfig() {}

  static Map<String, String> of(
      Path directory, BoundListeners listeners, List<FurtherListener> further) {
    Map<String, String> config = new HashMap<>();
    config.putAll(identity(directory, listeners));
    for (FurtherListener each : further) {
      config.merge("listeners", each.listener(), BrokerConfig::list);
      config.merge("advertised.listeners", each.advertised(), BrokerConfig::list);
      config.merge(
          "listener.security.protocol.map", each.name() + ":PLAINTEXT", BrokerConfig::list);
    }
    config.putAll(INTERNAL_TOPICS);
    config.putAll(GROUPS);
    config.putAll(SESSION);
    config.putAll(THRIFT);
    return config;
  }

  private static String list(String all, String another) {
    return all + "," + another;
  }

  private static Map<String, String> identity(Path directory, BoundListeners listeners) {
    String broker = BROKER_LISTENER + "://127.0.0.1:" + listeners.port(BROKER_LISTENER);
    String controllerAt = "127.0.0.1:" + listeners.port(CONTROLLER_LISTENER);
    return Map.of(
        "node.id",
        Integer.toString(NODE_ID),
        "process.roles",
        "broker,controller",
        "log.dirs",
        directory.toString(),
        "listeners",
        broker + "," + CONTROLLER_LISTENER + "://" + controllerAt,
        "advertised.listeners",
        broker,
        "controller.listener.names",
        CONTROLLER_LISTENER,
        "controller.quorum.voters",
        NODE_ID + "@" + controllerAt,
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "auto.create.topics.enable",
        "false");
  }

  private static final Map<String, String> INTERNAL_TOPICS =
      Map.of(
          "offsets.topic.replication.factor", "1",
          "offsets.topic.num.partitions", "4",
          "transaction.state.log.replication.factor", "1",
          "transaction.state.log.min.isr", "1",
          "transaction.state.log.num.partitions", "4",
          "share.coordinator.state.topic.replication.factor", "1",
          "share.coordinator.state.topic.min.isr", "1",
          "share.coordinator.state.topic.num.partitions", "1");

  private static final Map<String, String> GROUPS =
      Map.of(
          "group.initial.rebalance.delay.ms", "0",
          "group.min.session.timeout.ms", "1000",
          "group.consumer.min.session.timeout.ms", "1000",
          "group.consumer.min.heartbeat.interval.ms", "100");

  /**
   * The controller refuses a broker's new process until the session of the old one is over, which
   * delays the start after a kill by this much.
   */
  private static final Map<String, String> SESSION =
      Map.of("broker.session.timeout.ms", "2000", "broker.heartbeat.interval.ms", "400");

  /** Less of what is sized for big machines: threads, the cleaner's buffer, sparse index files. */
  private static final Map<String, String> THRIFT =
      Map.of(
          "num.network.threads", "2",
          "num.io.threads", "4",
          "background.threads", "2",
          "num.recovery.threads.per.data.dir", "2",
          "log.cleaner.dedupe.buffer.size", "4194304",
          "log.index.size.max.bytes", "1048576",
          "metadata.max.idle.interval.ms", "30000");
}
