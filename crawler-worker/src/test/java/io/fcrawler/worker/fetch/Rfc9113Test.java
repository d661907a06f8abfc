package io.fcrawler.worker.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.worker.fetch.FetchOutcome.Deferred;
import io.fcrawler.worker.fetch.FetchOutcome.Fetched;
import io.fcrawler.worker.fetch.FetchOutcome.Redirected;
import io.fcrawler.worker.fetch.FetchOutcome.Rejected;
import io.fcrawler.worker.testing.Http2Site;
import io.fcrawler.worker.testing.Http2Site.Step;
import io.fcrawler.worker.testing.TestingTls;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 9113, HTTP/2: streams and connections that end, and frames that no one needs. */
class Rfc9113Test {
  private OkHttpFetcher fetcher;

  @BeforeEach
  void start() throws Exception {
    fetcher =
        new OkHttpFetcher(
            Fetching.loopback(),
            new SystemResolver(Duration.ofSeconds(10)),
            Tls.trusting(TestingTls.store("ca"))::configure,
            Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    fetcher.close();
  }

  /** Section 9.1. */
  @Test
  void requestsShareOneConnection() throws Exception {
    try (Http2Site site = new Http2Site(n -> Step.ANSWER)) {
      for (int i = 0; i < 3; i++) {
        Fetched fetched = Fetching.fetch(fetcher, site.url("/" + i), Fetched.class);
        assertEquals(2, fetched.body().length);
        assertEquals(2, fetched.bytesReceived());
      }
      assertEquals(1, site.connections());
      assertEquals(3, site.requests());
    }
  }

  /** Section 6.4. */
  @Test
  void aStreamThatIsReset() throws Exception {
    try (Http2Site site = new Http2Site(n -> Step.RESET)) {
      Deferred deferred = Fetching.fetch(fetcher, site.url("/"), Deferred.class);
      assertEquals("stream_reset", deferred.reason());
      assertEquals(1, site.requests());
    }
  }

  /** Section 8.1.1. */
  @Test
  void aStreamThatIsResetInTheBody() throws Exception {
    try (Http2Site site = new Http2Site(n -> Step.RESET_IN_BODY)) {
      Deferred deferred = Fetching.fetch(fetcher, site.url("/"), Deferred.class);
      assertEquals("stream_reset", deferred.reason());
      assertEquals(200, deferred.status());
      assertEquals(1, site.requests());
    }
  }

  /** Section 8.7. */
  @Test
  void aStreamThatIsRefusedWasNotTaken() throws Exception {
    untaken(n -> n == 1 ? Step.REFUSE : Step.ANSWER);
  }

  /** Section 6.8. */
  @Test
  void aStreamThatWasNotProcessedBeforeGoAwayWasNotTaken() throws Exception {
    untaken(n -> n == 1 ? Step.GO_AWAY : Step.ANSWER);
  }

  private void untaken(IntFunction<Step> script) throws Exception {
    try (Http2Site site = new Http2Site(script)) {
      Deferred deferred = Fetching.fetch(fetcher, site.url("/"), Deferred.class);
      assertEquals("stream_reset", deferred.reason());
      assertTrue(deferred.untaken());
      assertEquals(200, Fetching.fetch(fetcher, site.url("/"), Fetched.class).status());
      assertEquals(2, site.requests());
    }
  }

  /** Sections 6.3, 6.5, 6.7, 6.8, 6.9, 5.5 and 8.4. */
  @ParameterizedTest
  @EnumSource(names = {"FLOOD_AND_ANSWER", "GO_AWAY_AND_ANSWER", "PUSH"})
  void framesBeforeAnAnswerDoNoHarm(Step step) throws Exception {
    try (Http2Site site = new Http2Site(n -> step)) {
      assertEquals(2, Fetching.fetch(fetcher, site.url("/"), Fetched.class).body().length);
      assertEquals(1, site.requests());
    }
  }

  /** Sections 4.2, 4.3, 6.10, 8.1.1 and 8.3.2. */
  @ParameterizedTest
  @CsvSource({
    "OVERSIZE, io_error",
    "ENDLESS_HEADER, incomplete_header",
    "BAD_HEADER, incomplete_header",
    "CLOSE_IN_BODY, stream_reset",
    "SHORT, truncated_body"
  })
  void anAnswerThatBreaksTheProtocolMayPass(Step step, String reason) throws Exception {
    try (Http2Site site = new Http2Site(n -> n == 1 ? step : Step.ANSWER)) {
      Deferred deferred = Fetching.fetch(fetcher, site.url("/"), Deferred.class);
      assertEquals(reason, deferred.reason());
      assertEquals(200, Fetching.fetch(fetcher, site.url("/"), Fetched.class).status());
    }
  }

  /** Sections 8.1.1 and 8.3.2: a body longer than announced, a header without status. */
  @ParameterizedTest
  @EnumSource(names = {"LONG", "NO_STATUS"})
  void anAnswerThatBreaksTheProtocolIsRefused(Step step) throws Exception {
    try (Http2Site site = new Http2Site(n -> step)) {
      Rejected rejected = Fetching.fetch(fetcher, site.url("/"), Rejected.class);
      assertEquals("protocol_error", rejected.reason());
    }
  }

  /** Section 8.2: field values are bytes. */
  @Test
  void aByteInALocationThatIsNotUtf8IsRequestedAsItIs() throws Exception {
    try (Http2Site site = new Http2Site(n -> Step.REDIRECT_TO_BYTES)) {
      Redirected redirected = Fetching.fetch(fetcher, site.url("/"), Redirected.class);
      assertEquals(Optional.of("/%E9/\u00e9"), redirected.location());
    }
  }

  /** RFC 9110, section 15.5.20, and RFC 9113, section 9.1.1. */
  @Test
  void aMisdirectedRequestIsRepeatedOnAnotherConnection() throws Exception {
    try (Http2Site site = new Http2Site(n -> n == 1 ? Step.MISDIRECT : Step.ANSWER)) {
      Deferred deferred = Fetching.fetch(fetcher, site.url("/"), Deferred.class);
      assertEquals("http_421", deferred.reason());
      assertEquals(1, site.requests());
      assertEquals(200, Fetching.fetch(fetcher, site.url("/"), Fetched.class).status());
      assertEquals(2, site.connections());
    }
  }
}
