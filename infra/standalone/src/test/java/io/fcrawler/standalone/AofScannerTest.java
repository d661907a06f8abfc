package io.fcrawler.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AofScannerTest {
  private static final String FIRST = "*2\r\n$6\r\nSELECT\r\n$1\r\n0\r\n";
  private static final String SECOND = "#TS:1700000000\r\n*3\r\n$3\r\nset\r\n$1\r\nk\r\n$0\r\n\r\n";
  private static final String TRANSACTION =
      "*1\r\n$5\r\nMULTI\r\n*2\r\n$4\r\nINCR\r\n$1\r\nn\r\n*1\r\n$4\r\nEXEC\r\n";
  private static final String ALL = FIRST + SECOND + TRANSACTION;

  @TempDir Path dir;

  @Test
  void aWholeFileIsGoodToItsEnd() throws IOException {
    assertEquals(ALL.length(), goodLength(ALL));
    assertEquals(0, goodLength(""));
  }

  @Test
  void aFileCutAnywhereIsGoodUpToTheLastWholeCommandOutsideATransaction() throws IOException {
    for (int length = 0; length < ALL.length(); length++) {
      assertEquals(boundary(length), goodLength(ALL.substring(0, length)), "cut at " + length);
    }
  }

  @Test
  void zerosFromAnywhereToTheEndAreNotBelieved() throws IOException {
    for (int from = 0; from < ALL.length(); from++) {
      byte[] bytes = ALL.getBytes(StandardCharsets.US_ASCII);
      Arrays.fill(bytes, from, bytes.length, (byte) 0);

      assertEquals(boundary(from), goodLength(bytes, ""), "zeros from " + from);
    }
  }

  @Test
  void aNameThatCannotBeOneEndsTheGoodPart() throws IOException {
    byte[] bytes = ALL.getBytes(StandardCharsets.US_ASCII);
    bytes[ALL.indexOf("set") + 1] = 0;

    assertEquals(boundary(FIRST.length() + 20), goodLength(bytes, ""));
  }

  @Test
  void aNameThatTheServerDoesNotKnowEndsTheGoodPart() throws IOException {
    byte[] bytes = ALL.replace("set", "sEx").getBytes(StandardCharsets.US_ASCII);

    assertEquals(boundary(FIRST.length() + 20), goodLength(bytes, "SEX"));
  }

  @Test
  void lengthsBeyondAllMeasureAreNotFollowed() throws IOException {
    assertEquals(FIRST.length(), goodLength(FIRST + "*99999999999\r\n"));
    assertEquals(FIRST.length(), goodLength(FIRST + "*2\r\n$3\r\nGET\r\n$2147483647\r\nx"));
    assertEquals(FIRST.length(), goodLength(FIRST + "*0\r\n"));
    assertEquals(FIRST.length(), goodLength(FIRST + "#" + "x".repeat(5000)));
  }

  /** The end of the last of the three parts that is whole within this length. */
  private static long boundary(int length) {
    int afterAnnotation = FIRST.length() + SECOND.indexOf('*');
    int[] ends = {FIRST.length(), afterAnnotation, FIRST.length() + SECOND.length(), ALL.length()};
    return Arrays.stream(ends).filter(end -> end <= length).max().orElse(0);
  }

  private long goodLength(String text) throws IOException {
    return goodLength(text.getBytes(StandardCharsets.US_ASCII), "");
  }

  private long goodLength(byte[] bytes, String unknownName) throws IOException {
    Path file = dir.resolve("appendonly.aof.1.incr.aof");
    Files.write(file, bytes);
    return AofScanner.goodLength(file, unknownName);
  }
}
