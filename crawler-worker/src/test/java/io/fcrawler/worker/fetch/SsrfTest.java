package io.fcrawler.worker.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.FetchOutcome.Fetched;
import io.fcrawler.worker.fetch.FetchOutcome.Rejected;
import io.fcrawler.worker.fetch.PrivateTargets.Target;
import io.fcrawler.worker.testing.TestingSite;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * However a target that is not public is spelled, and by whatever way it comes: no connection is
 * made to it, unless an operator lists it. Nothing in here is sent but to loopback.
 */
@Timeout(600)
class SsrfTest {
  private static final List<InetSocketAddress> ATTEMPTS = new CopyOnWriteArrayList<>();
  private static TestingSite site;
  private static Listeners listeners;

  @BeforeAll
  static void start() throws IOException {
    site = TestingSite.start();
    listeners = Listeners.start();
  }

  @AfterAll
  static void stop() throws IOException {
    site.close();
    listeners.close();
  }

  @BeforeEach
  void forget() {
    ATTEMPTS.clear();
  }

  /** What a way led to beyond the site itself. */
  private record Led(List<CrawlUrl> urls, List<FetchOutcome> outcomes) {
    void add(CrawlUrl url, FetchOutcome outcome) {
      urls.add(url);
      outcomes.add(outcome);
    }
  }

  /** A spelling, and the way by which it comes. */
  record Case(Way way, Target target) {
    /** Whether it is a URL, and would be fetched. */
    boolean isTaken() {
      return target.isUrl() && (way != Way.SUBMITTED || target.submittable());
    }
  }

  static Stream<Case> all() {
    return Stream.of(Way.values())
        .flatMap(way -> PrivateTargets.all().map(target -> new Case(way, target)));
  }

  static Stream<Case> urls() {
    return all().filter(Case::isTaken);
  }

  @ParameterizedTest
  @MethodSource("all")
  void noConnectionIsMade(Case each) throws Exception {
    int before = listeners.connections();

    Led led = led(each.way(), each.target(), "");

    assertEquals(List.of(), ATTEMPTS);
    assertEquals(before, listeners.connections());
    assertEquals(each.isTaken() ? Set.of(each.target().host()) : Set.of(), hosts(led));
    for (FetchOutcome outcome : led.outcomes()) {
      assertEquals("address_not_allowed", assertInstanceOf(Rejected.class, outcome).reason());
    }
  }

  @ParameterizedTest
  @MethodSource("urls")
  void anOperatorsEndpointIsReachedByAllWays(Case each) throws Exception {
    String host = each.target().host();
    Led led = led(each.way(), each.target(), host + ":" + listeners.port());

    assertEquals(Set.of(host), hosts(led));
    assertFalse(ATTEMPTS.isEmpty());
  }

  @ParameterizedTest
  @MethodSource("urls")
  void atAnotherPortAnEndpointIsNoneOfTheOperators(Case each) throws Exception {
    led(each.way(), each.target(), each.target().host() + ":" + (listeners.port() - 1));

    assertEquals(List.of(), ATTEMPTS);
  }

  @ParameterizedTest
  @MethodSource("urls")
  void anOperatorsNetworksAreReachedByAllWays(Case each) throws Exception {
    led(each.way(), each.target(), "0.0.0.0/0,::/0");

    assertFalse(ATTEMPTS.isEmpty());
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void theListenersHearWhoIsAllowed(Way way) throws Exception {
    int before = listeners.connections();

    led(way, new Target("http://127.0.0.1:{p}/", "127.0.0.1", true), "127.0.0.0/8");

    assertTrue(listeners.connections() > before);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aPortThatIsNotAllowedIsNotConnectedTo(Way way) throws Exception {
    AddressPolicy policy =
        AddressPolicy.parse(site.authority() + ",127.0.0.0/8").at(Ports.parse("80,443"));

    Led led = led(way, new Target("http://127.0.0.1:{p}/", "127.0.0.1", true), policy);

    assertEquals(List.of(), ATTEMPTS);
    assertEquals(Set.of("127.0.0.1"), hosts(led));
    for (FetchOutcome outcome : led.outcomes()) {
      assertEquals("port_not_allowed", assertInstanceOf(Rejected.class, outcome).reason());
    }
  }

  @Test
  void ofSeveralAddressesOnlyTheAllowedOnesAreTried() throws Exception {
    Target both = new Target("http://both.example:{p}/", "both.example", true);
    led(Way.LINKED, both, "");
    assertEquals(List.of("8.8.8.8"), attempted());

    ATTEMPTS.clear();
    int before = listeners.connections();
    Led led = led(Way.LINKED, both, "127.0.0.1/32");
    assertInstanceOf(Fetched.class, led.outcomes().getFirst());
    assertEquals(List.of("8.8.8.8", "127.0.0.1"), attempted());
    assertEquals(before + 1, listeners.connections());
  }

  private static List<String> attempted() {
    return ATTEMPTS.stream().map(target -> target.getAddress().getHostAddress()).toList();
  }

  @Test
  void aNameWhoseAnswerChangesIsCheckedAtEachConnection() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    SystemResolver changing =
        new SystemResolver(host -> rebinding(asked.incrementAndGet()), Duration.ofSeconds(10));
    try (OkHttpFetcher fetcher = fetcher(AddressPolicy.parse(""), changing)) {
      CrawlUrl url = Fetching.url("http://rebinding.example:" + listeners.port() + "/");
      fetcher.fetch(url, Fetching.LIMIT); // public, and so tried
      FetchOutcome outcome = fetcher.fetch(url, Fetching.LIMIT);
      assertEquals("address_not_allowed", assertInstanceOf(Rejected.class, outcome).reason());
    }
    assertEquals(2, asked.get());
    assertEquals(List.of("8.8.8.8"), attempted());
  }

  private static InetAddress[] rebinding(int time) {
    return new InetAddress[] {InetAddress.ofLiteral(time == 1 ? "8.8.8.8" : "127.0.0.1")};
  }

  /** With nothing of a test in between, and URLs that never met the parser. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.0.0.1.",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "%31%32%37.0.0.1",
        "①②⑦.⓪.⓪.①",
        "0.0.0.0",
        "0",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "localhost",
        "localhost.",
        "user@127.0.0.1",
        "site.example"
      })
  void theFetcherAsItIsMakesNoConnectionWhateverItIsGiven(String host) throws Exception {
    FetchSettings settings =
        FetchSettings.DEFAULT.withAddresses(
            AddressPolicy.PUBLIC_ONLY, HostOverrides.parse("site.example=127.0.0.1"));
    int before = listeners.connections();
    try (OkHttpFetcher fetcher = new OkHttpFetcher(settings)) {
      String url = "http://" + host + ":" + listeners.port() + "/";
      CrawlUrl unread = new CrawlUrl(url, "http", host, listeners.port());
      FetchOutcome outcome = fetcher.fetch(unread, Fetching.LIMIT);
      assertFalse(outcome instanceof Fetched, outcome.toString());
    }
    assertEquals(before, listeners.connections());
  }

  private static Set<String> hosts(Led led) {
    return led.urls().stream().map(CrawlUrl::host).collect(Collectors.toSet());
  }

  /** Goes a way from the site, which is allowed as one endpoint, beside what the operator lists. */
  private static Led led(Way way, Target target, String operators) throws Exception {
    return led(way, target, AddressPolicy.parse(site.authority() + "," + operators));
  }

  private static Led led(Way way, Target target, AddressPolicy policy) throws Exception {
    Led led = new Led(new ArrayList<>(), new ArrayList<>());
    SystemResolver names = new SystemResolver(PrivateTargets::lookup, Duration.ofSeconds(10));
    try (OkHttpFetcher fetcher = fetcher(policy, names)) {
      way.go(
          site,
          target.at(listeners.port()),
          url -> {
            FetchOutcome outcome = fetcher.fetch(url, Fetching.LIMIT);
            if (!url.authority().equals(site.authority())) {
              led.add(url, outcome);
            }
            return outcome;
          });
    }
    return led;
  }

  private static OkHttpFetcher fetcher(AddressPolicy policy, SystemResolver names) {
    GuardedSocketFactory sockets = new GuardedSocketFactory(policy, SsrfTest::witnessed);
    return new OkHttpFetcher(
        FetchSettings.DEFAULT.withAddresses(policy, HostOverrides.NONE),
        names,
        client -> Tls.system().configure(client.socketFactory(sockets)),
        Clock.systemUTC());
  }

  /** Lets nothing out but to loopback, and not there where nobody listens. */
  private static void witnessed(InetSocketAddress target) throws IOException {
    if (target.getPort() == site.port()) {
      return;
    }
    ATTEMPTS.add(target);
    if (!target.getAddress().isLoopbackAddress()) {
      throw new ConnectException("kept from " + target);
    }
  }
}
