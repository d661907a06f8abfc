package io.fcrawler.worker;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.worker.fetch.Reasons;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ReasonsTest {
  @Test
  void everyReasonOfAFetchIsTold() throws IOException, IllegalAccessException {
    String told = Files.readString(Path.of("../docs/reasons.md"));
    for (Field field : Reasons.class.getFields()) {
      assertTrue(told.contains("| `" + field.get(null) + "` |"), field.getName());
    }
  }
}
