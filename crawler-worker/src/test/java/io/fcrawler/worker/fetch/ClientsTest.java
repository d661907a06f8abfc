package io.fcrawler.worker.fetch;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import okhttp3.Dns;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

class ClientsTest {

  @Test
  void clientsAreReplacedAfterManyFailuresAndKeepTheirConnections() {
    try (Clients clients =
        new Clients(FetchSettings.DEFAULT, Dns.SYSTEM, Tls.system()::configure)) {
      OkHttpClient first = clients.of("a.example");
      for (int i = 0; i < 999; i++) {
        clients.failed(new CallTrace(() -> {}));
      }
      assertSame(first, clients.of("a.example"));
      clients.failed(new CallTrace(() -> {}));
      assertNotSame(first, clients.of("a.example"));
      assertSame(first.connectionPool(), clients.of("a.example").connectionPool());
      assertSame(first.sslSocketFactory(), clients.of("a.example").sslSocketFactory());
      assertSame(first.socketFactory(), clients.of("a.example").socketFactory());
      assertSame(first.dns(), clients.of("a.example").dns());
    }
  }

  @Test
  void aHostHasAlwaysTheSameClient() {
    try (Clients clients =
        new Clients(FetchSettings.DEFAULT, Dns.SYSTEM, Tls.system()::configure)) {
      assertSame(clients.of("a.example"), clients.of("a.example"));
    }
  }
}
