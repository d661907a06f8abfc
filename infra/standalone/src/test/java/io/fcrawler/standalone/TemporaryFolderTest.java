package io.fcrawler.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {
  @TempDir Path dir;

  @Test
  void itIsGoneWithAllThatIsInItButNotWithWhatThatLinksTo() throws IOException {
    Path other = Files.createFile(dir.resolve("other"));
    Path made;
    try (TemporaryFolder folder = TemporaryFolder.make(Map.of("TMPDIR", dir.toString()))) {
      made = folder.path();
      Files.createDirectories(made.resolve("a/b"));
      Files.writeString(made.resolve("a/b/c"), "x");
      Files.createSymbolicLink(made.resolve("a/link"), other);
    }

    assertEquals(dir, made.getParent());
    assertFalse(Files.exists(made));
    assertTrue(Files.exists(other));
  }

  @Test
  void aPlaceThatDoesNotExistIsTold() {
    String missing = dir.resolve("missing").toString();

    String line =
        assertThrows(StartFailure.class, () -> TemporaryFolder.make(Map.of("TMPDIR", missing)))
            .line();

    assertTrue(line.contains(missing) && line.contains("TMPDIR"), line);
  }
}
