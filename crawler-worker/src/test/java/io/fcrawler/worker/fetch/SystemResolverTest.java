package io.fcrawler.worker.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemResolverTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  /** What is to be done once a look-up takes long. */
  private final Queue<Runnable> tookLong = new ConcurrentLinkedQueue<>();

  @Test
  void ipv4AddressesComeFirst() throws Exception {
    InetAddress[] answer = {
      InetAddress.ofLiteral("2001:db8::1"),
      InetAddress.ofLiteral("192.0.2.2"),
      InetAddress.ofLiteral("192.0.2.1")
    };
    try (SystemResolver resolver = new SystemResolver(host -> answer, LONG)) {
      assertEquals(List.of(answer[1], answer[2], answer[0]), resolver.resolve("a.example"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.example: Name or service not known",
        "a.example: No address associated with hostname",
        "a.example: nodename nor servname provided, or not known"
      })
  void aHostThatDoesNotExistFailsForGood(String message) {
    assertFalse(failure(message) instanceof TemporaryDnsException);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.example: Temporary failure in name resolution",
        "a.example: Non-recoverable failure in name resolution",
        "a.example: System error"
      })
  void aNameServerThatCannotAnswerFailsForNow(String message) {
    assertInstanceOf(TemporaryDnsException.class, failure(message));
  }

  @Test
  void aFailureRepeatedFromACacheIsWhatItFirstWas() {
    Deque<String> messages = new ArrayDeque<>();
    messages.add("a.example: Name or service not known");
    messages.add("a.example");
    messages.add("b.example: Temporary failure in name resolution");
    messages.add("b.example");
    try (SystemResolver resolver = new SystemResolver(host -> fail(messages.remove()), LONG)) {
      assertFalse(failure(resolver, "a.example") instanceof TemporaryDnsException);
      assertFalse(failure(resolver, "a.example") instanceof TemporaryDnsException);
      assertInstanceOf(TemporaryDnsException.class, failure(resolver, "b.example"));
      assertInstanceOf(TemporaryDnsException.class, failure(resolver, "b.example"));
    }
  }

  @Test
  void aNameServerThatIsSilentFailsForNow() {
    CountDownLatch never = new CountDownLatch(1);
    try (SystemResolver resolver =
        new SystemResolver(host -> waitFor(never), Duration.ofMillis(20))) {
      assertInstanceOf(TemporaryDnsException.class, failure(resolver, "a.example"));
    }
  }

  @Test
  void aHostWhoseNameServerIsSilentHoldsUpNoOther() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    InetAddress[] answer = {InetAddress.ofLiteral("192.0.2.1")};
    SystemResolver.Lookup lookup = host -> host.equals("silent.example") ? waitFor(never) : answer;
    try (SystemResolver resolver = new SystemResolver(lookup, LONG)) {
      List<Thread> waiting = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        waiting.add(
            Thread.startVirtualThread(() ->
                assertThrows(
                    InterruptedException.class, () -> resolver.resolve("silent.example"))));
      }
      assertEquals(List.of(answer), resolver.resolve("a.example"));
      for (Thread each : waiting) {
        each.interrupt();
        each.join();
      }
    }
  }

  @Test
  void manyHostsWhoseNameServersWereSilentHoldUpNoOther() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Set<String> asked = ConcurrentHashMap.newKeySet();
    InetAddress[] answer = {InetAddress.ofLiteral("192.0.2.1")};
    SystemResolver.Lookup lookup =
        host -> {
          if (!host.startsWith("silent")) {
            return answer;
          }
          return asked.add(host)
              ? fail(host + ": Temporary failure in name resolution")
              : waitFor(never);
        };
    try (SystemResolver resolver = new SystemResolver(lookup, LONG, threads(2, 0), 1)) {
      List<Thread> waiting = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String host = "silent" + i + ".example";
        assertInstanceOf(TemporaryDnsException.class, failure(resolver, host));
        waiting.add(
            Thread.startVirtualThread(
                () -> assertThrows(InterruptedException.class, () -> resolver.resolve(host))));
      }
      assertEquals(List.of(answer), resolver.resolve("a.example"));
      for (Thread each : waiting) {
        each.interrupt();
        each.join();
      }
    }
  }

  @Test
  void manyHostsNeverSeenBeforeWhoseNameServersAreSilentHoldUpNoOtherOnceTheyTakeLong()
      throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(2);
    InetAddress[] answer = {InetAddress.ofLiteral("192.0.2.1")};
    SystemResolver.Lookup lookup =
        host -> {
          if (!host.startsWith("silent")) {
            return answer;
          }
          begun.countDown();
          return waitFor(never);
        };
    try (SystemResolver resolver = new SystemResolver(lookup, LONG, threads(2, 2), 1);
        ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> first = others.submit(() -> resolver.resolve("silent1.example"));
      Future<?> second = others.submit(() -> resolver.resolve("silent2.example"));
      begun.await(); // all threads are taken
      Future<List<InetAddress>> waiting = others.submit(() -> resolver.resolve("a.example"));
      while (!tookLong.isEmpty()) {
        tookLong.remove().run();
      }
      assertEquals(List.of(answer), waiting.get());
      assertEquals(List.of(answer), resolver.resolve("b.example"));
      first.cancel(true);
      second.cancel(true);
    }
  }

  @Test
  void anInterruptEndsTheWait() {
    CountDownLatch never = new CountDownLatch(1);
    try (SystemResolver resolver = new SystemResolver(host -> waitFor(never), LONG)) {
      Thread.currentThread().interrupt();
      assertThrows(InterruptedException.class, () -> resolver.resolve("a.example"));
    }
  }

  /** Whose look-ups take long once the test says so. */
  private LookupThreads threads(int count, int spare) {
    return new LookupThreads("resolver-", count, spare, tookLong::add);
  }

  private static UnknownHostException failure(String message) {
    try (SystemResolver resolver = new SystemResolver(host -> fail(message), LONG)) {
      return failure(resolver, "a.example");
    }
  }

  private static UnknownHostException failure(SystemResolver resolver, String host) {
    return assertThrows(UnknownHostException.class, () -> resolver.resolve(host));
  }

  private static InetAddress[] fail(String message) throws UnknownHostException {
    throw new UnknownHostException(message);
  }

  private static InetAddress[] waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new InetAddress[0];
  }
}
