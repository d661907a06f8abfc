package io.fcrawler.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.fcrawler.benchmark.RawFetch.Page;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * The raw limit: how fast this JVM fetches and parses a known list of URLs, by one virtual thread
 * for each connection. Arguments: the file with the URLs, and how many connections.
 */
public final class RawLimit {
  private static final double NS = 1e9;

  private final List<String> urls;
  private final AtomicInteger next = new AtomicInteger();
  private final LongAdder ok = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder links = new LongAdder();

  RawLimit(List<String> urls) {
    this.urls = List.copyOf(urls);
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length != 2) {
      System.err.println("Usage: RawLimit URLS.txt CONNECTIONS");
      System.exit(2);
    }
    RawLimit limit = new RawLimit(Files.readAllLines(Path.of(args[0])));
    System.out.println(limit.measure(Integer.parseInt(args[1])));
  }

  /** Requests all URLs, and tells as JSON how that went. */
  String measure(int connections) throws InterruptedException {
    long startedNs = System.nanoTime();
    long cpuStartedNs = cpuNs();
    try (RawFetch fetch = new RawFetch(connections)) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        threads.add(Thread.ofVirtual().name("raw-" + i).start(() -> fetchAll(fetch)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    return json((System.nanoTime() - startedNs) / NS, (cpuNs() - cpuStartedNs) / NS);
  }

  private void fetchAll(RawFetch fetch) {
    for (int i = next.getAndIncrement(); i < urls.size(); i = next.getAndIncrement()) {
      try {
        count(fetch.fetch(urls.get(i)));
      } catch (IOException e) {
        failed.increment();
      }
    }
  }

  private void count(Page page) {
    (page.status() < 400 ? ok : failed).increment();
    bytes.add(page.bytes());
    links.add(page.links());
  }

  private String json(double seconds, double cpuSeconds) {
    return String.format(
        Locale.ROOT,
        "{\"urls\":%d,\"ok\":%d,\"failed\":%d,\"bytes\":%d,\"links\":%d,\"seconds\":%.3f,"
            + "\"cpuSeconds\":%.3f}",
        urls.size(),
        ok.sum(),
        failed.sum(),
        bytes.sum(),
        links.sum(),
        seconds,
        cpuSeconds);
  }

  private static long cpuNs() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
