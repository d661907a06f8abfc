package io.fcrawler.store.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.store.IncompatibleStoreException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RedisMetadataIT {
  private final RedisBackend backend = new RedisBackend();

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void theFirstStartFixesSchemaAndSlots() {
    backend.store().checkCompatible();
    backend.store().checkCompatible();
    assertEquals(
        Map.of("schemaVersion", "1", "slots", "64"),
        backend.client().<String, String>getMap(RedisMetadata.KEY).readAllMap());
  }

  @Test
  void anotherNumberOfSlotsIsRefused() {
    backend.client().<String, String>getMap(RedisMetadata.KEY).put("slots", "32");
    String message =
        String.valueOf(
            assertThrows(IncompatibleStoreException.class, backend.store()::checkCompatible)
                .getMessage());
    assertTrue(message.contains("slots 32"), message);
  }

  @Test
  void aNewerSchemaIsRefused() {
    backend.client().<String, String>getMap(RedisMetadata.KEY).put("schemaVersion", "2");
    assertThrows(IncompatibleStoreException.class, backend.store()::checkCompatible);
  }
}
