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
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

class LoggingTest {
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
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO  \\[main] Test -"
                + " Opened 7 seed=\"a.example\"\\R"),
        log);
  }

  @Test
  void noTextCanForgeAPlainLine() throws JoranException {
    String log = logged("plain", logger -> logger.info("URL {}", "a\r\n2026 INFO forged\u001b[2J"));

    assertEquals(1, log.lines().count(), log);
    assertTrue(log.stripTrailing().endsWith("URL a??2026 INFO forged?[2J"), log);
    assertEquals(log.stripTrailing() + System.lineSeparator(), log);
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
