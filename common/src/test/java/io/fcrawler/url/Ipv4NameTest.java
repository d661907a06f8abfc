package io.fcrawler.url;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** WHATWG URL, section 3.5: the ends-in-a-number checker and the IPv4 parser. */
class Ipv4NameTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1",
    "2130706433, 127.0.0.1",
    "017700000001, 127.0.0.1",
    "0x7f000001, 127.0.0.1",
    "0X7F000001, 127.0.0.1",
    "127.1, 127.0.0.1",
    "127.0.1, 127.0.0.1",
    "0177.0.0.01, 127.0.0.1",
    "0x7f.1, 127.0.0.1",
    "0x7f.0.0x0.01, 127.0.0.1",
    "000000000000000000000000127.1, 87.0.0.1",
    "0, 0.0.0.0",
    "0x, 0.0.0.0",
    "0x.0x.0, 0.0.0.0",
    "1.2.3, 1.2.0.3",
    "10.65535, 10.0.255.255",
    "10.16777215, 10.255.255.255",
    "4294967295, 255.255.255.255",
    "0xffffffff, 255.255.255.255",
    "037777777777, 255.255.255.255",
    "2852039166, 169.254.169.254",
    "0xA9.0xFE.0xA9.0xFE, 169.254.169.254",
    "127.1., 127.0.0.1",
    "１２７.１, 127.0.0.1",
    "0ｘ7f.1, 127.0.0.1",
    "%30%78%37f.1, 127.0.0.1",
  })
  void anAddressIsUnderstoodInAllSpellings(String spelling, String address)
      throws MalformedUrlException {
    CrawlUrl url = CrawlUrl.of("http://" + spelling + ":81/x");
    assertEquals("http://" + address + ":81/x", url.value());
    assertEquals(address, url.host());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "256.0.0.1",
        "127.0.0.256",
        "127.0.0.257",
        "10.0.65536",
        "10.16777216",
        "4294967296",
        "4294967297",
        "0x100000000",
        "040000000000",
        "99999999999999999999999999",
        "0x7f00000100000000000000001",
        "1.2.3.4.5",
        "0.0.0.0.0",
        "08",
        "127.0.0.09",
        "a.1",
        "example.0x7f",
        "example.com.80",
        "1.a.2",
        "0xg.1",
        "1.0xfffffffff"
      })
  void whatEndsInANumberAndIsNoAddressIsRefused(String spelling) {
    MalformedUrlException refusal =
        assertThrows(MalformedUrlException.class, () -> CrawlUrl.of("http://" + spelling + "/"));
    assertEquals(
        "has a host that ends in a number, but is no IPv4 address such as 192.0.2.1",
        refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.a", "0xg", "127.0.0.1x", "0x7f.com", "1-2", "_1", "x0", "0x7fg"})
  void otherNamesStayNames(String name) throws MalformedUrlException {
    assertEquals(name, CrawlUrl.of("http://" + name + "/").host());
  }
}
