package io.fcrawler.worker.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.fcrawler.testing.web.Answer;
import io.fcrawler.testing.web.Misbehaviour;
import io.fcrawler.worker.fetch.FetchOutcome.Deferred;
import io.fcrawler.worker.fetch.FetchOutcome.Fetched;
import io.fcrawler.worker.fetch.FetchOutcome.Redirected;
import io.fcrawler.worker.fetch.FetchOutcome.Rejected;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, HTTP Semantics: statuses, redirects and waits. */
class Rfc9110Test extends FetchingContract {
  /** Section 15.3, 15.4.1, 15.4.5. */
  @ParameterizedTest
  @ValueSource(ints = {200, 201, 203, 204, 206, 226, 300, 304, 305})
  void anyOtherSuccessIsAnAnswer(int status) throws Exception {
    site.route("/a", Answer.status(status));
    assertEquals(status, fetch("/a", Fetched.class).status());
  }

  /** Section 15.3.5, 15.3.6 and 15.4.5: they end with their header, whatever it announces. */
  @ParameterizedTest
  @ValueSource(ints = {204, 205, 304})
  void anAnswerWithoutContentHasNoneAlsoWhereOneIsAnnounced(int status) throws Exception {
    site.route(
        "/a", Misbehaviour.keeping("HTTP/1.1 " + status + " None\r\nContent-Length: 9\r\n\r\n"));
    Fetched fetched = fetch("/a", Fetched.class);
    assertEquals(status, fetched.status());
    assertEquals(0, fetched.body().length);
  }

  /** Section 15.4. */
  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308, 300})
  void aRedirectIsNotFollowed(int status) throws Exception {
    site.route("/a", Answer.redirect(status, "/b c?d=é")).html("/b", "b");
    Redirected redirected = fetch("/a", Redirected.class);
    assertEquals(status, redirected.status());
    assertEquals(Optional.of("/b c?d=é"), redirected.location());
    assertEquals(1, site.log().size());
  }

  /** Section 10.2.2. */
  @Test
  void aRedirectWithoutTargetHasNone() throws Exception {
    site.route("/a", Answer.status(302));
    assertEquals(Optional.empty(), fetch("/a", Redirected.class).location());
  }

  /** Section 15.5. */
  @ParameterizedTest
  @ValueSource(ints = {400, 401, 402, 403, 404, 405, 406, 407, 410, 418, 423, 451, 499})
  void aClientErrorIsFinal(int status) throws Exception {
    site.route("/a", Answer.status(status).with("WWW-Authenticate: Basic realm=x"));
    Rejected rejected = fetch("/a", Rejected.class);
    assertEquals("http_" + status, rejected.reason());
    assertEquals(status, rejected.status());
    assertFalse(rejected.unconnectable());
    assertEquals(1, site.log().size());
  }

  /** Section 15.5.9, 15.5.20, 15.6; RFC 8470, 5.2; RFC 6585, 4. */
  @ParameterizedTest
  @ValueSource(ints = {408, 421, 425, 429, 500, 501, 502, 503, 504, 507, 599})
  void aServerErrorMayPass(int status) throws Exception {
    site.route("/a", Answer.status(status));
    Deferred deferred = fetch("/a", Deferred.class);
    assertEquals("http_" + status, deferred.reason());
    assertEquals(status, deferred.status());
    assertEquals(Optional.empty(), deferred.retryAfter());
    assertEquals(1, site.log().size());
  }

  /** Section 15: a status that does not exist counts as 5xx. */
  @ParameterizedTest
  @ValueSource(strings = {"000", "099", "600", "999"})
  void anInvalidStatusMayPass(String status) throws Exception {
    int code = Integer.parseInt(status);
    passing("http_" + code, code, Misbehaviour.sending("HTTP/1.1 " + status + " Odd\r\n\r\n"));
  }

  /** Section 15.2.2: no one asked to switch. */
  @Test
  void anotherProtocolIsNotSwitchedTo() throws Exception {
    last(
        "protocol_error",
        101,
        Misbehaviour.keeping("HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\n\r\n"));
  }

  /** Section 15.5.20. */
  @Test
  void aMisdirectedRequestIsRepeatedOnAnotherConnection() throws Exception {
    site.route("/a", Answer.status(421)).html("/b", "b");
    assertEquals("http_421", fetch("/a", Deferred.class).reason());
    assertEquals(1, site.log().size());
    fetch("/b", Fetched.class);
    assertEquals(2, site.connections());
  }

  /** Section 10.2.3. */
  @ParameterizedTest
  @CsvSource({"503, 0, PT0S", "408, 0, PT0S", "429, 7, PT7S", "503, 99999999999, PT1H"})
  void retryAfterIsToldAndNotObeyedOnTheSpot(int status, String header, Duration wait)
      throws Exception {
    site.route("/a", Answer.status(status).with("Retry-After: " + header));
    assertEquals(Optional.of(wait), fetch("/a", Deferred.class).retryAfter());
    assertEquals(1, site.log().size());
  }

  /** Section 10.2.3. */
  @ParameterizedTest
  @ValueSource(
      strings = {"", "-1", "soon", "caf\u00e9", "1\u0001", "Foo, 99 Bar 9999 99:99:99 GMT"})
  void aWaitThatCannotBeReadIsNone(String header) throws Exception {
    site.route("/a", Answer.status(503).with("Retry-After: " + header));
    assertEquals(Optional.empty(), fetch("/a", Deferred.class).retryAfter());
  }
}
