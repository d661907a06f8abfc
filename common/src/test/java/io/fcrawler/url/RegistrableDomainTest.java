package io.fcrawler.url;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrableDomainTest {
  @ParameterizedTest
  @CsvSource({
    "example.com, example.com",
    "www.example.com, example.com",
    "a.b.example.co.uk, example.co.uk",
    "xn--bcher-kva.com, xn--bcher-kva.com",
    "www.xn--bcher-kva.com, xn--bcher-kva.com",
    "me.github.io, me.github.io",
    "x.me.github.io, me.github.io",
    "a.example, a.example",
    "www.a.example, a.example",
    "x.y.internal, y.internal",
    "my_site.example.com, example.com",
    "x.city.kawasaki.jp, city.kawasaki.jp",
  })
  void aHostHasTheDomainThatOnePartyRegisters(String host, String domain) {
    assertEquals(Optional.of(domain), RegistrableDomain.of(host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"com", "co.uk", "github.io", "localhost", "127.0.0.1", "[::1]", "[2001:db8::1]"})
  void addressesSuffixesAndSingleLabelsHaveNone(String host) {
    assertEquals(Optional.empty(), RegistrableDomain.of(host));
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, www.example.com",
    "www.a.example, a.example",
    "localhost, localhost",
    "127.0.0.1, 127.0.0.1",
    "co.uk, co.uk",
  })
  void hostsOfOneDomainAreTheSame(String host, String other) {
    assertTrue(RegistrableDomain.same(host, other));
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, example.org",
    "a.co.uk, b.co.uk",
    "a.github.io, b.github.io",
    "a.example, b.example",
    "127.0.0.1, 10.0.0.1",
    "192.0.2.1, 198.51.2.1",
    "localhost, a.localhost",
  })
  void hostsOfTwoDomainsAreNot(String host, String other) {
    assertFalse(RegistrableDomain.same(host, other));
  }
}
