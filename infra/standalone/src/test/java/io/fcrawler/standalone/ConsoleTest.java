package io.fcrawler.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  private static final String CLEAR = "\r\u001b[K";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
  private final Console console = new Console(stream, stream, 80);

  @Test
  void aStatusIsReplacedByWhateverComesNext() {
    console.status("10 %");
    console.status("20 %");
    console.line("done");
    console.line("really");

    assertEquals("10 %" + CLEAR + "20 %" + CLEAR + "done\nreally\n", written());
  }

  @Test
  void anErrorReplacesItToo() {
    console.status("10 %");
    console.error("no");

    assertEquals("10 %" + CLEAR + "fcrawler: no\n", written());
  }

  private String written() {
    return out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
