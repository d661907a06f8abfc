package io.fcrawler.worker.fetch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The operating system's resolver. Its look-ups block their thread for as long as name servers take
 * and cannot be interrupted, so they run on some platform threads of their own: a dead name server
 * holds up no virtual thread's carrier. One look-up of a host is under way at a time, so that no
 * host takes the threads from the others. Many hosts don't either: a look-up that takes long gives
 * up its place to another thread, and hosts whose name servers lately did not answer have threads
 * of their own.
 */
final class SystemResolver implements Resolver, AutoCloseable {
  private static final int THREADS = 512;
  private static final int SPARE_THREADS = 1024;
  private static final int THREADS_FOR_SILENT = 128;

  /** A look-up that takes longer takes long; most name servers answer in far less. */
  private static final long PATIENCE_MS = 1000;

  /** What the C library and the JDK say of a host that does not exist. */
  private static final List<String> NO_SUCH_HOST =
      List.of(
          "Name or service not known",
          "No address associated with hostname",
          "nodename nor servname provided, or not known",
          "Name does not resolve",
          "No such host is known",
          "literal");

  private final Lookup lookup;
  private final Duration timeout;
  private final LookupThreads threads;
  private final LookupThreads threadsForSilent;
  private final ConcurrentMap<String, CompletableFuture<InetAddress[]>> underWay =
      new ConcurrentHashMap<>();

  /**
   * Hosts that lately failed, and whether for now only: the JDK repeats a failure from its cache
   * without saying which it was.
   */
  private final Cache<String, Boolean> failures =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofSeconds(30)).build();

  /** Hosts whose last look-up took long or came to nothing, as their name servers don't answer. */
  private final Cache<String, Boolean> silent =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofHours(1)).build();

  /** One blocking look-up. */
  @FunctionalInterface
  interface Lookup {
    InetAddress[] allByName(String host) throws UnknownHostException;
  }

  SystemResolver(Duration timeout) {
    this(InetAddress::getAllByName, timeout);
  }

  SystemResolver(Lookup lookup, Duration timeout) {
    this(
        lookup,
        timeout,
        new LookupThreads(
            "resolver-",
            THREADS,
            SPARE_THREADS,
            CompletableFuture.delayedExecutor(PATIENCE_MS, TimeUnit.MILLISECONDS, Runnable::run)),
        THREADS_FOR_SILENT);
  }

  /** Owns the threads. */
  SystemResolver(Lookup lookup, Duration timeout, LookupThreads threads, int threadsForSilent) {
    this.lookup = lookup;
    this.timeout = timeout;
    this.threads = threads;
    this.threadsForSilent = new LookupThreads("resolver-silent-", threadsForSilent, 0, _ -> {});
  }

  /** The addresses, IPv4 first: a host's IPv6 is more often broken than its IPv4. */
  @Override
  public List<InetAddress> resolve(String host) throws UnknownHostException, InterruptedException {
    try {
      return Stream.of(ask(host).get(timeout.toNanos(), TimeUnit.NANOSECONDS))
          .sorted(Comparator.comparing(address -> !(address instanceof Inet4Address)))
          .toList();
    } catch (TimeoutException e) {
      throw new TemporaryDnsException(host + ": no answer in " + timeout.toMillis() + " ms");
    } catch (ExecutionException e) {
      throw failed(host, e);
    }
  }

  private CompletableFuture<InetAddress[]> ask(String host) {
    CompletableFuture<InetAddress[]> mine = new CompletableFuture<>();
    @Nullable CompletableFuture<InetAddress[]> others = underWay.putIfAbsent(host, mine);
    if (others != null) {
      return others;
    }
    LookupThreads pool = silent.getIfPresent(host) == null ? threads : threadsForSilent;
    pool.execute(() -> lookUp(host, mine), () -> silent.put(host, true));
    return mine;
  }

  private void lookUp(String host, CompletableFuture<InetAddress[]> answer) {
    try {
      InetAddress[] found = lookup.allByName(host);
      silent.invalidate(host);
      underWay.remove(host, answer); // first: the next one to ask is to look up anew
      answer.complete(found);
    } catch (UnknownHostException | RuntimeException | Error e) {
      underWay.remove(host, answer);
      answer.completeExceptionally(e);
    }
  }

  private UnknownHostException failed(String host, ExecutionException e) {
    if (!(e.getCause() instanceof UnknownHostException unknown)) {
      throw new IllegalStateException("the resolver failed", e);
    }
    String said = unknown.getMessage() == null ? "" : unknown.getMessage();
    boolean temporary;
    if (said.equals(host) || said.isEmpty()) {
      temporary = Boolean.TRUE.equals(failures.getIfPresent(host));
    } else {
      temporary = NO_SUCH_HOST.stream().noneMatch(said::contains);
      failures.put(host, temporary);
    }
    if (temporary) {
      silent.put(host, true);
    }
    return temporary ? new TemporaryDnsException(said) : unknown;
  }

  @Override
  public void close() {
    threads.close();
    threadsForSilent.close();
  }
}
