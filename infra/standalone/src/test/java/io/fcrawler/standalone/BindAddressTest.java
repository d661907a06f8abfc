package io.fcrawler.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BindAddressTest {
  @ParameterizedTest
  @CsvSource({
    "'', http://127.0.0.1:3001, http://127.0.0.1:3001",
    "127.0.0.2, http://127.0.0.2:3001, http://127.0.0.2:3001",
    "0.0.0.0, http://127.0.0.1:3001, http://127.0.0.1:3001 (on all addresses of this machine)",
    "'::', http://127.0.0.1:3001, http://127.0.0.1:3001 (on all addresses of this machine)",
    "'::1', http://[0:0:0:0:0:0:0:1]:3001, http://[0:0:0:0:0:0:0:1]:3001",
    "eth0, http://127.0.0.1:3001, http://127.0.0.1:3001",
  })
  void theLauncherAsksThePartsWhereTheyListen(String bind, String url, String shown) {
    BindAddress address = BindAddress.of(Map.of("FCRAWLER_BIND", bind));

    assertEquals(url, address.url(3001));
    assertEquals(shown, address.shown(3001));
  }
}
