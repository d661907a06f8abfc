package io.fcrawler.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OutputTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final Output output = new Output(stream, stream, Optional.empty());

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void control_characters_of_both_kinds_reach_no_terminal() {
    output.line("a\u001b[31mb\u009b31mc\u007f");
    assertEquals("a?[31mb?31mc?\n", written());
  }

  @Test
  void text_keeps_its_order_and_its_line() {
    output.line("a\u202egpj.exe\u2066\u2028b\u200f\u0085c");
    output.error("\u202e\r\n\u001b]0;x\u0007");
    assertEquals("a?gpj.exe??b??c\nfcrawler: ???" + "?]0;x?\n", written());
  }

  @Test
  void json_stays_json_without_them() {
    output.json("{\"title\":\"a\u009b31m ü\u007f\u202e\"}");
    assertEquals("{\"title\":\"a\\u009b31m ü\\u007f\\u202e\"}\n", written());
  }
}
