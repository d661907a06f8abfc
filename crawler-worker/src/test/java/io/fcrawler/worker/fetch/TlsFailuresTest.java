package io.fcrawler.worker.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.testing.web.Misbehaviour;
import io.fcrawler.testing.web.SiteServer;
import io.fcrawler.worker.fetch.FetchOutcome.Deferred;
import io.fcrawler.worker.fetch.FetchOutcome.Fetched;
import io.fcrawler.worker.fetch.FetchOutcome.Redirected;
import io.fcrawler.worker.fetch.FetchOutcome.Rejected;
import io.fcrawler.worker.testing.TestingTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way to fail under TLS and HTTP/2, against a server that fails so. */
class TlsFailuresTest {
  private OkHttpFetcher fetcher;

  @BeforeEach
  void start() throws Exception {
    fetcher = trusting(Fetching.loopback());
  }

  @AfterEach
  void stop() {
    fetcher.close();
  }

  private static OkHttpFetcher trusting(FetchSettings settings) throws Exception {
    return new OkHttpFetcher(
        settings,
        new SystemResolver(Duration.ofSeconds(10)),
        Tls.trusting(TestingTls.store("ca"))::configure,
        Clock.systemUTC());
  }

  @Test
  void aTrustedCertificateIsFetched() throws Exception {
    try (SiteServer site = site("valid")) {
      assertEquals(2, Fetching.fetch(fetcher, site.url("/a"), Fetched.class).body().length);
      String named = "https://site.example:" + site.port() + "/a";
      assertEquals(200, Fetching.fetch(fetcher, named, Fetched.class).status());
    }
  }

  @Test
  void headsAreReadAsWithoutTls() throws Exception {
    try (SiteServer site = site("valid")) {
      site.route("/a", Misbehaviour.sending("HTTP/1.1 301 Moved\r\nLocation:\r\n /\u00e9\r\n\r\n"));
      assertEquals(
          Optional.of("/%E9"),
          Fetching.fetch(fetcher, site.url("/a"), Redirected.class).location());
    }
  }

  @ParameterizedTest
  @CsvSource({"expired, tls_expired", "wronghost, tls_wrong_host", "untrusted, tls_untrusted"})
  void aCertificateThatIsNotValid(String store, String reason) throws Exception {
    try (SiteServer site = site(store)) {
      rejected(site.url("/a"), reason);
      assertEquals(0, site.log().size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"valid", "expired", "wronghost", "untrusted"})
  void anyCertificateIsAcceptedWhereTheOperatorSaysSo(String store) throws Exception {
    try (SiteServer site = site(store);
        OkHttpFetcher any = new OkHttpFetcher(Fetching.loopback().withAnyCertificate(true))) {
      assertEquals(200, Fetching.fetch(any, site.url("/a"), Fetched.class).status());
    }
  }

  @Test
  void aCertificateForAnotherName() throws Exception {
    try (SiteServer site = site("valid")) {
      rejected("https://other.example:" + site.port() + "/a", "tls_wrong_host");
    }
  }

  @Test
  void aServerWithoutTls() throws Exception {
    try (SiteServer site = SiteServer.start()) {
      rejected("https://" + site.authority() + "/", "tls");
    }
  }

  @Test
  void aServerThatSpeaksFirst() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> greet(server));
      rejected("https://127.0.0.1:" + server.getLocalPort() + "/", "tls");
    }
  }

  @Test
  void aServerWithNoCommonCipher() throws Exception {
    SSLContext context = TestingTls.server("valid");
    SSLServerSocketFactory factory = context.getServerSocketFactory();
    try (SSLServerSocket server =
        (SSLServerSocket) factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      server.setEnabledProtocols(new String[] {"TLSv1.2"});
      server.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384"});
      Thread.ofVirtual().start(() -> handshake(server));
      rejected("https://127.0.0.1:" + server.getLocalPort() + "/", "tls");
    }
  }

  @Test
  void aConnectionClosedInTheHandshake() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> readAndClose(server));
      deferred("https://127.0.0.1:" + server.getLocalPort() + "/", "connection_reset");
    }
  }

  @Test
  void aHandshakeThatHangs() throws Exception {
    Duration brief = Duration.ofMillis(300);
    Duration ample = Duration.ofSeconds(30);
    for (FetchSettings settings :
        new FetchSettings[] {
          Fetching.loopback().withTimeouts(ample, brief, ample),
          Fetching.loopback().withTimeouts(ample, ample, brief)
        }) {
      fetcher.close();
      fetcher = trusting(settings);
      try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
        deferred("https://127.0.0.1:" + server.getLocalPort() + "/", "tls_timeout");
      }
    }
  }

  private static SiteServer site(String store) throws Exception {
    return SiteServer.start(TestingTls.sockets(store), "https").html("/a", "ok");
  }

  private void rejected(String url, String reason) throws InterruptedException {
    Rejected rejected = Fetching.fetch(fetcher, url, Rejected.class);
    assertEquals(reason, rejected.reason());
    assertTrue(rejected.unconnectable());
  }

  private void deferred(String url, String reason) throws InterruptedException {
    Deferred deferred = Fetching.fetch(fetcher, url, Deferred.class);
    assertEquals(reason, deferred.reason());
    assertTrue(deferred.unconnectable());
  }

  private static void greet(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket.getOutputStream().write("SSH-2.0-OpenSSH_9.6\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      // the client went away
    }
  }

  private static void readAndClose(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket.getInputStream().read();
    } catch (IOException e) {
      // the client went away
    }
  }

  private static void handshake(SSLServerSocket server) {
    try (Socket socket = server.accept()) {
      socket.getInputStream().read();
    } catch (IOException e) {
      // as it must be
    }
  }
}
