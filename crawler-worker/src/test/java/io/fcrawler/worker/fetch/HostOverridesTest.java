package io.fcrawler.worker.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.seed.BadInputException;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostOverridesTest {

  @Test
  void eachHostHasTheAddressesThatAreListedForIt() {
    HostOverrides overrides = HostOverrides.parse("a.example=127.0.0.1, B.example=::1,");
    assertEquals("127.0.0.1", overrides.of("A.example").orElseThrow().getFirst().getHostAddress());
    assertEquals(16, overrides.of("b.example").orElseThrow().getFirst().getAddress().length);
    assertTrue(overrides.of("c.example").isEmpty());
    assertTrue(HostOverrides.parse("a.example.=::1").of("a.example").isPresent());
    assertTrue(HostOverrides.parse("bücher.example=::1").of("xn--bcher-kva.example").isPresent());
  }

  @Test
  void aHostNamedTwiceHasBothAddresses() {
    HostOverrides overrides = HostOverrides.parse("a.example=127.0.0.1,a.example=127.0.0.2");
    assertEquals(
        "[127.0.0.1, 127.0.0.2]",
        overrides.of("a.example").orElseThrow().stream()
            .map(InetAddress::getHostAddress)
            .toList()
            .toString());
  }

  @Test
  void anAddressKnowsTheNameItWasAskedBy() {
    InetAddress address =
        HostOverrides.parse("a.example=127.0.0.1").of("a.example").orElseThrow().getFirst();
    assertEquals("a.example/127.0.0.1", address.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.example",
        "=127.0.0.1",
        "a.example=",
        "a.example=b.example",
        "a=1.2.3",
        "http://a.example=127.0.0.1",
        "a.example/=127.0.0.1",
        "a.example:80=127.0.0.1",
        "user@a.example=127.0.0.1",
        "a b=127.0.0.1"
      })
  void anEntryOfNoKnownFormIsBadInput(String entry) {
    BadInputException e = assertThrows(BadInputException.class, () -> HostOverrides.parse(entry));
    assertEquals("FCRAWLER_RESOLVE", e.field());
  }
}
