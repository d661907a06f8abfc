package io.fcrawler.worker.fetch;

import java.net.Proxy;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.stream.Stream;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;

/**
 * The OkHttp clients of a fetcher. There are several, each for a part of the hosts, since OkHttp
 * searches its connection pool from end to end for each request.
 */
final class Clients implements AutoCloseable {
  private static final int PARTS = 16;

  /**
   * OkHttp remembers every route that failed, without a bound; after so many failures its clients
   * are replaced, and keep their connections.
   */
  private static final int FAILURES_REMEMBERED = 1000;

  private final OkHttpClient.Builder prototype;
  private final List<ConnectionPool> pools;
  private final AtomicReferenceArray<OkHttpClient> parts = new AtomicReferenceArray<>(PARTS);
  private final AtomicInteger failures = new AtomicInteger();

  /**
   * Makes the clients.
   *
   * @param tls sets up their trust: one factory for all, or they would not share connections
   */
  Clients(FetchSettings settings, Dns dns, Consumer<OkHttpClient.Builder> tls) {
    int idle = Math.max(1, settings.idleConnections() / PARTS);
    pools =
        Stream.generate(() ->
                new ConnectionPool(idle, settings.keepAlive().toMillis(), TimeUnit.MILLISECONDS))
            .limit(PARTS)
            .toList();
    prototype = prototype(settings, dns);
    tls.accept(prototype);
    build();
  }

  private static OkHttpClient.Builder prototype(FetchSettings settings, Dns dns) {
    return new OkHttpClient.Builder()
        .followRedirects(false)
        .followSslRedirects(false)
        .retryOnConnectionFailure(false)
        .fastFallback(false) // it connects on platform threads, one for each attempt
        .proxy(Proxy.NO_PROXY)
        .dns(dns)
        .socketFactory(new GuardedSocketFactory(settings.addresses()))
        .connectTimeout(settings.connectTimeout())
        .readTimeout(settings.readTimeout())
        .writeTimeout(settings.readTimeout())
        .addNetworkInterceptor(new Verbatim())
        .eventListenerFactory(Clients::listener);
  }

  private static EventListener listener(Call call) {
    CallTrace trace = call.request().tag(CallTrace.class);
    return trace == null ? EventListener.NONE : trace;
  }

  private synchronized void build() {
    for (int part = 0; part < PARTS; part++) {
      parts.set(part, prototype.connectionPool(pools.get(part)).build());
    }
  }

  /** The client for a host. */
  OkHttpClient of(String host) {
    return parts.get(Math.floorMod(host.hashCode(), PARTS));
  }

  /** A client for one call to a host, over a connection of its own that is not kept. */
  OkHttpClient single(String host) {
    return of(host)
        .newBuilder()
        .connectionPool(new ConnectionPool(0, 1, TimeUnit.NANOSECONDS))
        .build();
  }

  /** Closes the idle connections of a host, and of those that share its part. */
  void evictIdle(String host) {
    pools.get(Math.floorMod(host.hashCode(), PARTS)).evictAll();
  }

  /** Takes note of a call that failed. */
  void failed(CallTrace trace) {
    boolean remembered = trace.phase().compareTo(CallTrace.Phase.BODY) < 0;
    if (remembered && failures.incrementAndGet() % FAILURES_REMEMBERED == 0) {
      build();
    }
  }

  @Override
  public void close() {
    pools.forEach(ConnectionPool::evictAll);
  }
}
