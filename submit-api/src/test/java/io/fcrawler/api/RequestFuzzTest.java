package io.fcrawler.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Mutated requests, some of them broken off, while the log is the program's own. */
@Isolated("it configures logging")
class RequestFuzzTest {
  private static final Pattern SERVER_ERROR = Pattern.compile("(?m)^HTTP/1\\.1 5\\d\\d.*");
  private static final int MOST_WARNINGS = 10;

  private final long seed = Long.getLong("fcrawler.test.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final RequestFuzzer fuzzer = new RequestFuzzer(random);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final LoggerContext logging = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final TestingApi api = new TestingApi();

  @BeforeEach
  void logAsTheProgramDoes() throws JoranException {
    System.out.println("RequestFuzzTest: -Dfcrawler.test.seed=" + seed);
    configure("/logback.xml");
    log.start();
    logging.getLogger(Logger.ROOT_LOGGER_NAME).detachAndStopAllAppenders();
    logging.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(log);
    api.submitted("known.example");
  }

  @AfterEach
  void stop() throws JoranException {
    api.close();
    configure("/logback-test.xml");
  }

  private void configure(String resource) throws JoranException {
    logging.reset();
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(logging);
    configurator.doConfigure(Objects.requireNonNull(RequestFuzzTest.class.getResource(resource)));
  }

  @Test
  @Tag("integration")
  void noneOfSomeHundredBrokenRequestsFailsInTheServer() throws IOException {
    attack(500);
  }

  @Test
  @Tag("long")
  void noneOfTenThousandBrokenRequestsFailsInTheServer() throws IOException {
    attack(10_000);
  }

  private void attack(int requests) throws IOException {
    for (int i = 0; i < requests; i++) {
      byte[] request = fuzzer.next();
      String answer = random.nextInt(10) == 0 ? brokenOff(request) : answer(request);

      String context = "-Dfcrawler.test.seed=%d: %s".formatted(seed, RequestFuzzer.shown(request));
      assertFalse(
          SERVER_ERROR.matcher(answer).find(),
          () -> context + "\n" + answer + "\n" + String.join("\n", traces()));
    }
    assertEquals(200, api.http.get("/livez").statusCode());
    checkLog(requests);
  }

  private void checkLog(int requests) {
    List<ILoggingEvent> events = List.copyOf(log.list);
    List<String> warnings =
        events.stream()
            .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
            .map(event -> event.getLoggerName() + ": " + event.getFormattedMessage())
            .toList();
    assertEquals(List.of(), traces(), "seed " + seed);
    assertTrue(warnings.size() <= MOST_WARNINGS, () -> seed + ": " + warnings);
    assertTrue(events.size() <= 3 * requests, "seed " + seed); // a line for each new crawl
  }

  private List<String> traces() {
    return List.copyOf(log.list).stream()
        .filter(event -> event.getThrowableProxy() != null)
        .map(event ->
            event.getFormattedMessage()
                + ": "
                + ThrowableProxyUtil.asString(event.getThrowableProxy()))
        .toList();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), api.server.port());
    socket.setSoTimeout(60_000);
    return socket;
  }

  /** All that is answered to a request after which nothing more comes. */
  private String answer(byte[] request) throws IOException {
    try (Socket socket = connect()) {
      try {
        socket.getOutputStream().write(request);
        socket.shutdownOutput();
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      } catch (SocketException e) {
        return ""; // refused before it was read to its end
      }
    }
  }

  /** Hangs up before the end. */
  private String brokenOff(byte[] request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request, 0, random.nextInt(request.length + 1));
      socket.setSoLinger(true, 0);
    }
    return "";
  }
}
