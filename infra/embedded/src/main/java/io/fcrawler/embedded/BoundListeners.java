package io.fcrawler.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The two listening sockets of a broker on loopback, opened before the broker asks for them. A
 * socket belongs to the broker once it was asked for; those never asked for are closed here.
 */
final class BoundListeners implements ServerSocketFactory, AutoCloseable {
  private final Map<String, InetSocketAddress> addresses = new HashMap<>();
  private final Map<String, ServerSocketChannel> waiting = new HashMap<>();

  private BoundListeners() {}

  /**
   * Binds both listeners, the controller's to any free port.
   *
   * @param brokerPort 0 for any free one
   */
  static BoundListeners bind(int brokerPort) {
    BoundListeners listeners = new BoundListeners();
    try {
      listeners.open(BrokerConfig.BROKER_LISTENER, brokerPort);
      listeners.open(BrokerConfig.CONTROLLER_LISTENER, 0);
      return listeners;
    } catch (IOException | KafkaException e) {
      listeners.close();
      throw new EmbeddedServerException("Kafka cannot listen: " + e.getMessage(), e);
    }
  }

  private void open(String listener, int port) throws IOException {
    var address = new InetSocketAddress(Loopback.ADDRESS, port);
    ServerSocketChannel channel = INSTANCE.openServerSocket(listener, address, 50, -1);
    waiting.put(listener, channel);
    addresses.put(listener, (InetSocketAddress) channel.getLocalAddress());
  }

  InetSocketAddress address(String listener) {
    InetSocketAddress address = addresses.get(listener);
    if (address == null) {
      throw new IllegalArgumentException("no listener " + listener);
    }
    return address;
  }

  int port(String listener) {
    return address(listener).getPort();
  }

  @Override
  public synchronized ServerSocketChannel openServerSocket(
      String listener, InetSocketAddress address, int backlog, int receiveBufferSize)
      throws IOException {
    ServerSocketChannel channel = waiting.remove(listener);
    return channel != null
        ? channel
        : INSTANCE.openServerSocket(listener, address, backlog, receiveBufferSize);
  }

  @Override
  public synchronized void close() {
    for (ServerSocketChannel channel : waiting.values()) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    waiting.clear();
  }
}
