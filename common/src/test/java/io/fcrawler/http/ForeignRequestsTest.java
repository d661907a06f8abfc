package io.fcrawler.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests for other hosts, and of other sites' pages. */
class ForeignRequestsTest extends ServingContract {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:3001",
        "10.0.0.7:3002", // a probe's, by the address of a pod
        "[::1]:3001",
        "[fd00::7]",
        "[::ffff:10.1.2.3]:3002", // of IPv4 within IPv6
        "submit-api",
        "127.1",
        "localhost:3001",
        "LOCALHOST.",
        "submit-api:3001", // Compose's name of a service
        "infra_crawler-worker_1:3002", // and of a container, for Prometheus
        "known.example",
        "KNOWN.example.:8443"
      })
  void addressesNamesWithoutADotAndListedNamesAreHosts(String host) throws IOException {
    String answer = raw("GET /echo/a HTTP/1.1\r\nHost: " + host + "\r\n\r\n");

    assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "known.example.evil.example",
        "127.0.0.1.evil.example:3001",
        "a.b",
        "a.b.",
        "host.docker.internal:3001", // to be listed, as the next two are
        "submit-api.default.svc",
        "crawler-worker.default.svc.cluster.local:3002"
      })
  void anyRequestForAForeignHostIsRefused(String host) throws IOException {
    for (String line : List.of("GET /echo/a", "POST /size", "GET /nothing", "OPTIONS /size")) {
      String answer = raw(line + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");

      assertTrue(answer.startsWith("HTTP/1.1 421"), answer);
      assertTrue(answer.contains("FCRAWLER_ALLOW_HOSTS"), answer);
      assertFalse(answer.contains("\r\n\r\na"), answer);
    }
  }

  @Test
  void aTargetForAForeignHostIsRefusedToo() throws IOException {
    String foreign = "GET http://evil.example/echo/a HTTP/1.1\r\nHost: ";

    assertTrue(raw(foreign + "127.0.0.1\r\n\r\n").startsWith("HTTP/1.1 4"));
    assertTrue(raw(foreign + "evil.example\r\n\r\n").startsWith("HTTP/1.1 4"));
  }

  @Test
  void aRequestOfOldWithoutAHostIsAnswered() throws IOException {
    assertTrue(raw("GET /echo/a HTTP/1.0\r\n\r\n").contains(" 200 "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: 127.0.0.1:3001|Origin: http://127.0.0.1:3001",
        "Host: localhost|Origin: http://localhost|Sec-Fetch-Site: same-origin",
        "Host: known.example|Origin: https://known.example", // TLS ends at a proxy
        "Host: backend:3001|Origin: https://known.example", // and the proxy changes Host
        "Host: 127.0.0.1|Sec-Fetch-Site: none",
        "Host: 127.0.0.1"
      })
  void aPageOfThisServerAndAPersonMayChangeThings(String headers) throws IOException {
    String answer = posted(headers);

    assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: 127.0.0.1:3001|Origin: https://evil.example",
        "Host: 127.0.0.1:3001|Origin: null",
        "Host: 127.0.0.1:3001|Origin:",
        "Host: 127.0.0.1:3001|Origin: http://127.0.0.1:8080", // another server of this machine
        "Host: 127.0.0.1:3001|Origin: http://127.0.0.1:3001|Origin: https://evil.example",
        "Host: localhost:3001|Origin: http://127.0.0.1:3001",
        "Host: 127.0.0.1|Sec-Fetch-Site: cross-site",
        "Host: 127.0.0.1|Sec-Fetch-Site: same-site",
        "Host: 127.0.0.1|Origin: http://127.0.0.1|Sec-Fetch-Site: cross-site"
      })
  void aPageOfAnotherSiteMayChangeNothing(String headers) throws IOException {
    String answer = posted(headers);

    assertTrue(answer.startsWith("HTTP/1.1 403"), answer);
    assertTrue(answer.contains("application/problem+json"), answer);
  }

  @Test
  void aForeignPageMayAskWhatBrowsersDoNotShowIt() throws IOException {
    String request = "GET /echo/a HTTP/1.1\r\nHost: a\r\nOrigin: https://evil.example\r\n\r\n";
    String answer = raw(request);

    assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
    assertFalse(answer.contains("Access-Control-Allow"), answer);
  }

  private String posted(String headers) throws IOException {
    return raw("POST /size HTTP/1.1\r\n" + headers.replace("|", "\r\n") + "\r\n\r\n");
  }
}
