package io.fcrawler.worker.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.FetchOutcome.Fetched;
import io.fcrawler.worker.fetch.FetchOutcome.Rejected;
import io.fcrawler.worker.testing.TestingSite;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a loopback address is spelled, no connection is made. */
class SsrfTest {
  private TestingSite site;

  @BeforeEach
  void start() throws IOException {
    site = TestingSite.start().html("/", "secret");
  }

  @AfterEach
  void stop() throws IOException {
    site.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.0.0.1.",
        "127.1",
        "127.0.1",
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "017700000001",
        "127.000.000.001",
        "%31%32%37.0.0.1",
        "１２７.0.0.1",
        "127。0。0。1",
        "①②⑦.⓪.⓪.①",
        "0.0.0.0",
        "0",
        "[::1]",
        "[::]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:127.0.0.1]",
        "[::127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "[2002:7f00:1::]",
        "localhost",
        "localhost.",
        "LOCALHOST",
        "user@127.0.0.1",
        "example.com@127.0.0.1",
        "site.example",
        "127.0.0.1:80@127.0.0.1"
      })
  void noConnectionIsMade(String host) throws InterruptedException {
    HostOverrides overrides = HostOverrides.parse("site.example=127.0.0.1");
    FetchSettings settings =
        FetchSettings.DEFAULT.withAddresses(AddressPolicy.PUBLIC_ONLY, overrides);
    try (OkHttpFetcher fetcher = new OkHttpFetcher(settings)) {
      FetchOutcome outcome = fetcher.fetch(url(host), Duration.ofSeconds(20));
      assertFalse(outcome instanceof Fetched, outcome.toString());
    }
    assertEquals(0, site.connections());
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "2130706433", "[::ffff:127.0.0.1]", "site.example"})
  void theReasonIsToldAndFinal(String host) throws InterruptedException {
    FetchSettings settings =
        FetchSettings.DEFAULT.withAddresses(
            AddressPolicy.PUBLIC_ONLY, HostOverrides.parse("site.example=127.0.0.1"));
    try (OkHttpFetcher fetcher = new OkHttpFetcher(settings)) {
      FetchOutcome outcome = fetcher.fetch(url(host), Duration.ofSeconds(20));
      Rejected rejected = assertInstanceOf(Rejected.class, outcome);
      assertEquals("address_not_allowed", rejected.reason());
      assertEquals(0, rejected.status());
    }
  }

  @Test
  void anOperatorsEndpointIsAllowedAndItsNeighbourIsNot() throws Exception {
    try (TestingSite other = TestingSite.start().html("/", "secret");
        OkHttpFetcher fetcher =
            new OkHttpFetcher(
                FetchSettings.DEFAULT.withAddresses(
                    AddressPolicy.parse(site.authority()), HostOverrides.NONE))) {
      Fetching.fetch(fetcher, site.url("/"), Fetched.class);
      Fetching.fetch(fetcher, other.url("/"), Rejected.class);
      assertEquals(0, other.connections());
    }
  }

  @Test
  void aNameWhoseAnswerChangesIsCheckedAtEachConnection() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    SystemResolver changing =
        new SystemResolver(host -> rebinding(asked.incrementAndGet()), Duration.ofSeconds(10));
    FetchSettings settings =
        FetchSettings.DEFAULT
            .withAddresses(AddressPolicy.parse("127.0.0.2"), HostOverrides.NONE)
            .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5));
    try (OkHttpFetcher fetcher =
        new OkHttpFetcher(settings, changing, Tls.system()::configure, Clock.systemUTC())) {
      CrawlUrl url = Fetching.url("http://rebinding.example:" + site.port() + "/");
      fetcher.fetch(url, Duration.ofSeconds(5)); // allowed, but nothing listens there
      FetchOutcome outcome = fetcher.fetch(url, Duration.ofSeconds(5));
      assertInstanceOf(Rejected.class, outcome);
      assertEquals(2, asked.get());
      assertEquals(0, site.connections());
    }
  }

  @Test
  void ofSeveralAddressesOnlyTheAllowedOnesAreTried() throws Exception {
    SystemResolver both =
        new SystemResolver(
            host ->
                new InetAddress[] {
                  InetAddress.ofLiteral("10.0.0.1"), InetAddress.ofLiteral("127.0.0.1")
                },
            Duration.ofSeconds(10));
    FetchSettings settings = Fetching.loopback();
    try (OkHttpFetcher fetcher =
        new OkHttpFetcher(settings, both, Tls.system()::configure, Clock.systemUTC())) {
      String url = "http://both.example:" + site.port() + "/";
      assertEquals(6, Fetching.fetch(fetcher, url, Fetched.class).body().length);
    }
  }

  /** The URL in normal form; as it is, where it has none. */
  private CrawlUrl url(String host) {
    String url = "http://" + host + ":" + site.port() + "/";
    return CrawlUrl.parse(url).orElse(new CrawlUrl(url, "http", host, site.port()));
  }

  private static InetAddress[] rebinding(int time) {
    return new InetAddress[] {InetAddress.ofLiteral(time == 1 ? "127.0.0.2" : "127.0.0.1")};
  }
}
