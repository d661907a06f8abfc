package io.fcrawler.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartLogTest {
  @TempDir Path dir;

  @Test
  void theLastTellingLineSinceTheMarkIsShown() throws IOException {
    PartLog log = log(1000);
    append("of an earlier start\n");
    log.mark();
    assertEquals("it wrote nothing", log.lastLine());

    append("first\n\033[31mBad: x\ty\nCaused by: z\n\tat a.b\n\n");

    assertEquals("?[31mBad: x?y", log.lastLine());
    assertFalse(log.sinceMark().contains("earlier"));
  }

  @Test
  void aLogBeyondItsLimitBecomesTheOlderOne() throws IOException {
    PartLog log = log(10);
    append("0123456789");
    log.shorten();
    assertEquals(10, Files.size(log.file().toPath()));

    append("x");
    log.shorten();

    assertEquals(0, Files.size(log.file().toPath()));
    assertEquals("0123456789x", Files.readString(dir.resolve("part.log.1")));
  }

  private PartLog log(long limit) {
    return new PartLog(dir.resolve("part.log"), limit);
  }

  private void append(String text) throws IOException {
    Files.writeString(
        dir.resolve("part.log"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
