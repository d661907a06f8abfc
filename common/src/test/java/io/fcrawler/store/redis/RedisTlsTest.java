package io.fcrawler.store.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fcrawler.config.RedisSettings;
import io.fcrawler.embedded.Loopback;
import io.fcrawler.embedded.RedisBinary;
import io.fcrawler.embedded.RedisServer;
import io.fcrawler.store.StoreUnavailableException;
import io.fcrawler.testing.TestingCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Redis that speaks TLS, with a certificate that the JVM knows nothing of. */
@Tag("integration")
final class RedisTlsTest {
  private static final String CA_FILE = "REDIS_TLS_CA_FILE";

  @TempDir Path folder;

  @Test
  void aRedisIsTrustedByTheFileOfItsAuthorityAndNotWithoutIt() throws IOException {
    TestingCertificate own = certificate("own");
    int port = Loopback.freePort();
    try (RedisServer _ = RedisServer.start(RedisBinary.bundled(), folder, 0, options(own, port))) {
      String url = "rediss://127.0.0.1:" + port;
      try (RedisCrawlStore store = store(Map.of("REDIS_URL", url, CA_FILE, path(own)))) {
        assertEquals(List.of(), store.seeds(0, 1));
      }
      assertNotTrusted(Map.of("REDIS_URL", url));
      assertNotTrusted(Map.of("REDIS_URL", url, CA_FILE, path(certificate("another"))));
    }
  }

  private static void assertNotTrusted(Map<String, String> env) {
    try (RedisCrawlStore store = store(env)) {
      assertThrows(StoreUnavailableException.class, () -> store.seeds(0, 1));
    }
  }

  private static RedisCrawlStore store(Map<String, String> env) {
    return new RedisCrawlStore(RedisSettings.fromEnv(env));
  }

  private TestingCertificate certificate(String name) throws IOException {
    return TestingCertificate.make(Files.createDirectory(folder.resolve(name)));
  }

  private static List<String> options(TestingCertificate own, int port) {
    return List.of(
        "--tls-port", Integer.toString(port),
        "--tls-cert-file", own.certificate().toString(),
        "--tls-key-file", own.key().toString(),
        "--tls-auth-clients", "no");
  }

  private static String path(TestingCertificate certificate) {
    return certificate.certificate().toString();
  }
}
