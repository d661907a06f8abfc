package io.fcrawler.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fcrawler.command.Command.Open;
import io.fcrawler.testing.TestingHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BulkSubmitTest {
  private static final String HEAD =
      String.join(
          "\r\n",
          "POST /api/submit HTTP/1.1",
          "Host: 127.0.0.1",
          "Content-Type: text/plain",
          "Connection: close",
          "");

  private final TestingApi api = new TestingApi();

  @AfterEach
  void stop() {
    api.close();
  }

  private HttpResponse<String> lines(String query, String body) {
    return lines(query, body, "text/plain; charset=utf-8");
  }

  private HttpResponse<String> lines(String query, String body, String type) {
    return api.http.send(
        api.http
            .request("/api/submit" + query)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body)));
  }

  private static List<String> verdicts(JsonNode answer) {
    return StreamSupport.stream(answer.path("results").spliterator(), false)
        .map(result -> result.path("domain").asText() + " " + result.path("verdict").asText())
        .toList();
  }

  @Test
  void eachDomainOfAListGetsItsVerdict() {
    api.submitted("b.example");
    HttpResponse<String> answer =
        api.submit("{\"domains\":[\"a.example\",\"b.example\",\"http://\"],\"delayMs\":5}");

    assertEquals(202, answer.statusCode(), answer.body());
    JsonNode json = TestingHttp.json(answer);
    assertEquals(
        List.of("a.example accepted", "b.example existing", "http:// rejected"), verdicts(json));
    assertEquals(1, json.path("accepted").intValue());
    assertEquals(1, json.path("existing").intValue());
    assertEquals(1, json.path("rejected").intValue());
    assertEquals(0, json.path("unavailable").intValue());
    Open open =
        api.log.opens().stream()
            .filter(taken -> taken.seed().id().equals("a.example"))
            .findFirst()
            .orElseThrow();
    assertEquals(open.crawlId().value(), json.at("/results/0/crawlId").textValue());
    assertEquals("queued", json.at("/results/0/status").textValue());
    assertTrue(json.at("/results/2/detail").textValue().startsWith("domain "));
    assertEquals(5, open.options().delayMs());
  }

  @Test
  void linesAreTakenWithOptionsFromTheQuery() {
    HttpResponse<String> answer =
        lines(
            "?delayMs=7&maxPages=3&includeSubdomains=true&include=/a/&include=/b/",
            "\uFEFFa.example\r\n\r\n   b.example  \nbücher.example");

    assertEquals(202, answer.statusCode(), answer.body());
    assertEquals(
        List.of("a.example accepted", "b.example accepted", "bücher.example accepted"),
        verdicts(TestingHttp.json(answer)));
    api.log
        .opens()
        .forEach(open -> {
          assertEquals(7, open.options().delayMs());
          assertEquals(3, open.options().maxPages());
          assertTrue(open.options().includeSubdomains());
          assertEquals(List.of("/a/", "/b/"), open.options().include());
        });
  }

  @Test
  void aDomainThatIsGivenTwiceGetsOneCrawl() {
    JsonNode json = TestingHttp.json(lines("", "a.example\nA.EXAMPLE\nhttps://a.example/"));

    assertEquals(1, json.path("accepted").intValue());
    assertEquals(2, json.path("existing").intValue());
    assertEquals(1, api.log.opens().stream().map(Open::crawlId).distinct().count());
  }

  @Test
  void anIpv6AddressIsADomainAndNoJson() {
    assertEquals(202, lines("", "[::1]:8080").statusCode());
  }

  @Test
  void whileTheStoreIsAwayAllAreQueued() {
    api.store.away();
    JsonNode json = TestingHttp.json(lines("", "a.example\nb.example"));
    assertEquals(2, json.path("accepted").intValue());
  }

  @Test
  void aThousandLinesAreTakenInOrder() {
    List<String> domains = IntStream.range(0, 1000).mapToObj(i -> "d" + i + ".example").toList();
    JsonNode json = TestingHttp.json(lines("", String.join("\n", domains)));

    assertEquals(1000, json.path("accepted").intValue());
    assertEquals(domains.stream().map(domain -> domain + " accepted").toList(), verdicts(json));
    assertEquals(1000, api.log.opens().size());
  }

  @Test
  void whereNoDomainIsOneTheFirstIsTold() {
    String detail = TestingApi.problem(400, lines("", "http://\nhttps://"));
    assertTrue(detail.startsWith("none of 2 domains can be taken; of the first: domain"), detail);
    TestingApi.problem(400, api.submit("{\"domains\":[\"http://\"]}"));
  }

  @Test
  void moreThanTheLimitIsNotReadAndTheFirstThatWasNotIsNamed() {
    String body =
        IntStream.range(0, SubmitRequest.MAX_DOMAINS + 5)
            .mapToObj(i -> "http://user@d" + i + ".example") // refused, so that nothing is kept
            .collect(Collectors.joining("\n", "a.example\n", ""));
    JsonNode json = TestingHttp.json(lines("", body));

    assertEquals(SubmitRequest.MAX_DOMAINS + 1, json.path("results").size());
    JsonNode last = json.path("results").get(SubmitRequest.MAX_DOMAINS);
    assertEquals("http://user@d99999.example", last.path("domain").textValue());
    assertTrue(last.path("detail").textValue().contains("another"), last.toString());
  }

  @Test
  void aLineWithoutEndIsCutAndRefused() {
    JsonNode json = TestingHttp.json(lines("", "a".repeat(3_000_000) + "\nb.example"));

    assertEquals(1, json.path("rejected").intValue());
    assertEquals(1, json.path("accepted").intValue());
    assertTrue(json.at("/results/0/domain").textValue().length() < 400);
  }

  @Test
  void nothingNewIsAnsweredBy200() {
    api.submitted("a.example");
    assertEquals(200, lines("", "a.example").statusCode());
    assertEquals(200, lines("", "").statusCode());
  }

  @Test
  void whileKafkaIsAwayNothingIsTakenAndTheSameRequestMayBeMadeAgain() {
    api.log.away(true);
    TestingApi.problem(503, lines("", "a.example\nb.example"));
    api.log.away(false);
    assertEquals(202, lines("", "a.example\nb.example").statusCode());
  }

  @Test
  void verdictsComeWhileTheBodyIsStillSent() throws IOException {
    try (Socket socket = connect()) {
      write(socket, HEAD + "Transfer-Encoding: chunked\r\n\r\na\r\na.example\n\r\n");
      readTo(socket, "\"verdict\":\"accepted\"");
      write(socket, "12\r\nb.example\nhttp://\n\r\n");
      readTo(socket, "\"verdict\":\"rejected\"");
      write(socket, "9\r\na.example\r\n0\r\n\r\n");

      String end = readTo(socket, "\"unavailable\":0}");
      assertTrue(end.contains("\"verdict\":\"existing\""), end);
      assertTrue(end.contains("\"accepted\":2,\"existing\":1,\"rejected\":1"), end);
    }
  }

  @Test
  void aBodyThatBreaksOffLeavesTheVerdictsBefore() throws IOException {
    try (Socket socket = connect()) {
      write(socket, HEAD + "Content-Length: 1000\r\n\r\na.example\nhttp://\nb.example\nc.exam");
      String answer = readTo(socket, "b.example\",\"verdict\":\"accepted\"");
      socket.shutdownOutput();
      answer += new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertTrue(answer.startsWith("HTTP/1.1 202 "), answer);
      assertFalse(answer.contains("c.exam"), answer);
      assertEquals(2, api.log.opens().size());
    }
  }

  @Test
  void aClientThatReadsNothingBeforeItHasSentEverythingIsNotLeftWaiting() throws IOException {
    String body = "a.example\n" + ("x".repeat(10) + ":99999\n").repeat(90_000);
    try (Socket socket = connect()) {
      write(socket, HEAD + "Content-Length: " + body.length() + "\r\n\r\n" + body);

      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(answer.contains("\"accepted\":1,\"existing\":0,\"rejected\":90000"));
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), api.server.port());
    socket.setSoTimeout(60_000);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What is received up to and with {@code last}. */
  private static String readTo(Socket socket, String last) throws IOException {
    StringBuilder received = new StringBuilder();
    while (received.indexOf(last) < 0) {
      int c = socket.getInputStream().read();
      assertTrue(c >= 0, () -> "ended after " + received);
      received.append((char) c);
    }
    return received.toString();
  }

  @Test
  void whatIsWrongWithTheRequestIsTold() {
    assertTrue(
        TestingApi.problem(400, api.submit("{\"domains\":[\"a.example\",5]}"))
            .contains("domains must be a list"));
    assertTrue(TestingApi.problem(400, api.submit("{\"domains\":[]}")).contains("domains must be"));
    assertTrue(
        TestingApi.problem(400, api.submit("{\"domains\":\"a.example\"}"))
            .contains("domains must be"));
    assertTrue(
        TestingApi.problem(
                400, api.submit("{\"domain\":\"a.example\",\"domains\":[\"b.example\"]}"))
            .contains("not both"));
    assertTrue(TestingApi.problem(400, lines("?delayMS=5", "a.example")).contains("delayMs"));
    assertTrue(
        TestingApi.problem(400, lines("?delayMs=fast", "a.example")).contains("delayMs must be"));
    assertTrue(
        TestingApi.problem(400, lines("?ignoreRobots=true", "a.example")).contains("not allowed"));
    TestingApi.problem(415, lines("", "a.example", "text/csv"));
    assertEquals(List.of(), api.log.opens());
  }
}
