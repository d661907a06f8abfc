package io.fcrawler.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

@Isolated("it replaces System.out")
class LoggingTest {
  private final String thread = Thread.currentThread().getName();

  private final PrintStream standardOut = System.out;

  @AfterEach
  void restore() {
    System.setOut(standardOut);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "", "yaml"})
  void aPlainLineHasTimeLevelThreadAndPlaceAndTheMessage(String format) throws JoranException {
    String log =
        logged(
            format, logger -> logger.atInfo().addKeyValue("seed", "a.example").log("Opened {}", 7));

    assertTrue(
        log.matches(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO  \\[" + thread + "] Test -"
                + " Opened 7 seed=\"a.example\"\\R"),
        log);
  }

  @Test
  void noTextCanForgeAPlainLine() throws JoranException {
    String log = logged("plain", logger -> logger.info("URL {}", "a\r\n2026 INFO forged\u001b[2J"));

    assertEquals(1, log.lines().count(), log);
    assertTrue(log.stripTrailing().endsWith("URL a\\r\\n2026 INFO forged\\u001b[2J"), log);
    assertEquals(log.stripTrailing() + System.lineSeparator(), log);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "json"})
  void whatDoesNotShowIsEscapedWhereverItStands(String format) throws JoranException {
    String log = logged(format, LoggingTest::logHostile);

    assertEquals("", hiddenIn(log.replaceAll("(?m)^\t+", "").replace("\n", "")), log);
    assertTrue(log.contains("\\u009b31m"), log);
    assertTrue(log.contains("\\u202egnp.exe"), log);
    assertTrue(log.lines().noneMatch(line -> line.startsWith("1999")), log);
    for (String where : List.of("message", "argument", "key", "cause", "suppressed", "thread")) {
      assertTrue(log.contains(where + "<"), where + " in " + log);
    }
  }

  /** As a site, a user or a server may want to have it logged. */
  private static String hostile(String where) {
    return where
        + "<\r\n1999-01-01T00:00:00.000Z ERROR [main] Forged - \u001b]0;title\u0007\u001b[2J\u009b31m"
        + "\u0000\b\f\u000b\u007f\u0085\u2028\u2029\u202egnp.exe\u202c\u2066\u061c\ufeff\u00ad>\n";
  }

  private static void logHostile(Logger logger) {
    IllegalStateException exception =
        new IllegalStateException(hostile("message"), new IOException(hostile("cause")));
    exception.addSuppressed(new UnknownHostException(hostile("suppressed")));
    Thread thread = Thread.currentThread();
    String name = thread.getName();
    thread.setName(hostile("thread"));
    try {
      logger
          .atWarn()
          .setCause(exception)
          .addKeyValue("key", hostile("key"))
          .addArgument(hostile("argument"))
          .log(hostile("message") + "{}");
    } finally {
      thread.setName(name);
    }
  }

  private static String hiddenIn(String log) {
    return log.codePoints()
        .filter(c ->
            Character.isISOControl(c)
                || "\u2028\u2029\u202e\u202c\u2066\u061c\ufeff\u00ad".indexOf(c) >= 0)
        .mapToObj(Integer::toHexString)
        .collect(Collectors.joining(" "));
  }

  @Test
  void aStackTraceStaysReadable() throws JoranException {
    IllegalStateException exception =
        new IllegalStateException("broken", new IOException("no\nsuch"));
    exception.addSuppressed(new IOException("as well"));
    String log = logged("plain", logger -> logger.warn("It failed", exception));

    List<String> lines = log.lines().toList();
    assertTrue(lines.getFirst().endsWith("WARN  [" + thread + "] Test - It failed"), log);
    assertEquals("java.lang.IllegalStateException: broken", lines.get(1));
    assertTrue(
        lines.get(2).startsWith("\tat io.fcrawler.ops.LoggingTest.aStackTraceStaysReadable"), log);
    assertTrue(lines.contains("Caused by: java.io.IOException: no\\nsuch"), log);
    assertTrue(lines.contains("\tSuppressed: java.io.IOException: as well"), log);
    assertTrue(log.contains(" common frames omitted"), log);
  }

  @Test
  void aJsonLineIsAnObject() throws JoranException, JsonProcessingException {
    String log =
        logged(
            "json",
            logger ->
                logger
                    .atWarn()
                    .setCause(new IllegalStateException("because"))
                    .addKeyValue("seed", "a.example")
                    .log("Line\n{}", "\u0001\"two\""));

    assertEquals(1, log.lines().count(), log);
    JsonNode json = new ObjectMapper().readTree(log);
    assertEquals("Line\n\u0001\"two\"", json.path("formattedMessage").textValue());
    assertEquals("WARN", json.path("level").textValue());
    assertEquals("because", json.path("throwable").path("message").textValue());
    assertEquals("a.example", json.path("kvpList").path(0).path("seed").textValue());
    assertTrue(json.path("timestamp").isNumber());
  }

  @Test
  void librariesAreHeardFromWarningsOn() throws JoranException {
    LoggerContext context = context("plain");

    for (String name : new String[] {"org.apache.kafka.x", "org.redisson.x", "io.netty.x"}) {
      assertEquals(Level.WARN, context.getLogger(name).getEffectiveLevel());
    }
    assertEquals(Level.WARN, context.getLogger("org.eclipse.jetty.x").getEffectiveLevel());
    for (String noisy : new String[] {"NetworkClient", "producer.internals.Sender"}) {
      String name = "org.apache.kafka.clients." + noisy; // a line for each attempt otherwise
      assertEquals(Level.ERROR, context.getLogger(name).getEffectiveLevel());
    }
    assertEquals(Level.INFO, context.getLogger("io.fcrawler.x").getEffectiveLevel());
    assertFalse(context.getLogger("io.javalin.Javalin").isErrorEnabled());
  }

  private String logged(String format, Consumer<Logger> logging) throws JoranException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
    LoggerContext context = context(format);
    logging.accept(context.getLogger("io.fcrawler.Test"));
    context.stop();
    return output.toString(StandardCharsets.UTF_8);
  }

  private static LoggerContext context(String format) throws JoranException {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.putProperty("FCRAWLER_LOG_FORMAT", format);
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(LoggingTest.class.getResource("/logback.xml"));
    return context;
  }
}
