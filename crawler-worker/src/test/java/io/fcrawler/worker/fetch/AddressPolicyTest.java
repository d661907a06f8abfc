package io.fcrawler.worker.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.seed.BadInputException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses may be connected to, by the IANA special-purpose address registries. */
class AddressPolicyTest {
  private static final Optional<String> NOT_PUBLIC = Optional.of("address_not_allowed");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.255.255.255",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.0.1",
        "169.254.169.254",
        "172.16.0.0",
        "172.31.255.255",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.1",
        "192.0.0.192",
        "192.0.0.170",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.7",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::127.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::8.8.8.8",
        "100::1",
        "2001::1",
        "2001:2::1",
        "2001:10::1",
        "2001:20::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2002:a9fe:a9fe::1",
        "2002:a00:1::",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "4000::1",
        "fd00:ec2::254",
        "::ffff:0:127.0.0.1",
        "64:ff9b::168.63.129.16",
        "2606:4700::5efe:10.0.0.1",
        "2606:4700::200:5efe:169.254.169.254"
      })
  void anAddressThatIsNotPublicIsRefused(String address) {
    assertEquals(NOT_PUBLIC, AddressPolicy.PUBLIC_ONLY.refusal(at(address, 80)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "192.0.3.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2001:200::1",
        "2001:4860:4860::8888",
        "2606:4700:4700::1111",
        "2a00:1450::1",
        "::ffff:8.8.8.8",
        "64:ff9b::8.8.8.8",
        "2002:808:808::1",
        "2606:4700::5efe:8.8.8.8",
        "2606:4700::300:5efe:10.0.0.1"
      })
  void aPublicAddressIsAllowed(String address) {
    assertEquals(Optional.empty(), AddressPolicy.PUBLIC_ONLY.refusal(at(address, 443)));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.0/8, 127.0.0.1, 80, true",
    "127.0.0.0/8, 127.255.0.9, 65535, true",
    "127.0.0.0/8, 10.0.0.1, 80, false",
    "127.0.0.0/8, ::ffff:127.0.0.1, 80, true",
    "127.0.0.0/8, 64:ff9b::127.0.0.1, 80, true",
    "127.0.0.0/8, 2002:7f00:1::, 80, true",
    "127.0.0.0/8, ::1, 80, false",
    "127.0.0.1, 127.0.0.1, 80, true",
    "127.0.0.1, 127.0.0.2, 80, false",
    "127.0.0.1/32, 127.0.0.2, 80, false",
    "0.0.0.0/0, 10.1.2.3, 80, true",
    "0.0.0.0/0, ::1, 80, false",
    "::ffff:127.0.0.0/104, 127.9.9.9, 80, true",
    "::/0, ::1, 80, true",
    "::/0, 127.0.0.1, 80, false",
    "10.0.0.0/8, fd00::5efe:10.0.0.1, 80, false",
    "127.0.0.1:8088, 64:ff9b::127.0.0.1, 8088, true",
    "127.0.0.1:8088, 64:ff9b::127.0.0.1, 8089, false",
    "127.0.0.1:8088, 2002:7f00:1::1, 8088, true",
    "127.0.0.1:8088, 127.0.0.2, 8088, false",
    "127.0.0.1:8088, ::1, 8088, false",
    "127.1:8088, 127.0.0.1, 8088, true",
    "[0:0::1]:8088, ::1, 8088, true",
    "[::ffff:127.0.0.1]:8088, 127.0.0.1, 8088, true",
    "64:ff9b:1::/48, 64:ff9b:1::10.0.0.1, 80, true",
    "169.254.169.254, 169.254.169.254, 80, true",
    "::1, ::1, 80, true",
    "fd00::/8, fd12::1, 80, true",
    "fd00::/8, fe80::1, 80, false",
    "fe80::/10, febf::1, 80, true",
    "127.0.0.1:8088, 127.0.0.1, 8088, true",
    "127.0.0.1:8088, 127.0.0.1, 8089, false",
    "127.0.0.1:8088, ::ffff:127.0.0.1, 8088, true",
    "[::1]:8088, ::1, 8088, true",
    "[::1]:8088, ::1, 80, false",
  })
  void whatTheOperatorListsIsAllowed(String list, String address, int port, boolean allowed) {
    assertEquals(allowed, AddressPolicy.parse(list).refusal(at(address, port)).isEmpty());
  }

  @Test
  void severalEntriesAreSeparatedByCommas() {
    AddressPolicy policy = AddressPolicy.parse(" 10.0.0.0/8 ,, 127.0.0.1:80,");
    assertEquals(Optional.empty(), policy.refusal(at("10.9.9.9", 5)));
    assertEquals(Optional.empty(), policy.refusal(at("127.0.0.1", 80)));
    assertEquals(NOT_PUBLIC, policy.refusal(at("127.0.0.1", 81)));
  }

  @Test
  void aListedNameIsAllowedWhereverItPoints() throws UnknownHostException {
    for (String entry : List.of("intranet.example:8080", "Intranet.Example.:8080")) {
      checkNamed(AddressPolicy.parse(entry), "intranet.example");
    }
    checkNamed(AddressPolicy.parse("bücher.example:8080"), "xn--bcher-kva.example");
  }

  private static void checkNamed(AddressPolicy policy, String name) throws UnknownHostException {
    byte[] address = {10, 0, 0, 1};
    InetAddress named = InetAddress.getByAddress(name, address);
    InetAddress other = InetAddress.getByAddress("other.example", address);
    assertEquals(Optional.empty(), policy.refusal(new InetSocketAddress(named, 8080)));
    assertEquals(NOT_PUBLIC, policy.refusal(new InetSocketAddress(named, 80)));
    assertEquals(NOT_PUBLIC, policy.refusal(new InetSocketAddress(other, 8080)));
  }

  @Test
  void thisMachinesOwnAddressIsRefusedThoughPublicUnlessItIsListed() {
    Set<IpAddress> own =
        Set.of(IpAddress.parse("8.8.8.8").orElseThrow(), IpAddress.parse("2a00::8").orElseThrow());
    for (String address : List.of("8.8.8.8", "64:ff9b::8.8.8.8", "2a00::8")) {
      assertEquals(NOT_PUBLIC, AddressPolicy.PUBLIC_ONLY.refusal(at(address, 80), own), address);
    }
    assertEquals(Optional.empty(), AddressPolicy.PUBLIC_ONLY.refusal(at("8.8.4.4", 80), own));
    for (String list : List.of("8.8.8.8", "8.8.8.0/24", "8.8.8.8:80")) {
      AddressPolicy policy = AddressPolicy.parse(list);
      assertEquals(Optional.empty(), policy.refusal(at("8.8.8.8", 80), own), list);
    }
  }

  @Test
  void thisMachinesInterfacesAreKnown() {
    assertTrue(OwnAddresses.now().contains(IpAddress.parse("127.0.0.1").orElseThrow()));
  }

  @Test
  void anUnresolvedAddressIsRefused() {
    assertEquals(
        NOT_PUBLIC,
        AddressPolicy.parse("0.0.0.0/0")
            .refusal(InetSocketAddress.createUnresolved("example.com", 80)));
  }

  @ParameterizedTest
  @CsvSource({
    "80, 80, true",
    "80, 443, false",
    "'80, 443', 443, true",
    "8000-8999, 8000, true",
    "8000-8999, 8999, true",
    "8000-8999, 9000, false",
    "8000-8999, 7999, false",
    "1-65535, 65535, true",
    "'80,,', 80, true",
  })
  void portsAreThoseThatTheOperatorLists(String list, int port, boolean allowed) {
    AddressPolicy policy = AddressPolicy.PUBLIC_ONLY.at(Ports.parse(list));
    assertEquals(
        allowed ? Optional.empty() : Optional.of("port_not_allowed"),
        policy.refusal(at("8.8.8.8", port)));
    assertEquals(NOT_PUBLIC, policy.refusal(at("10.0.0.1", port)));
  }

  @Test
  void aListedEndpointIsAllowedAtItsPort() {
    AddressPolicy policy =
        AddressPolicy.parse("127.0.0.1:8088,10.0.0.0/8").at(Ports.parse("80,443"));
    assertEquals(Optional.empty(), policy.refusal(at("127.0.0.1", 8088)));
    assertEquals(Optional.empty(), policy.refusal(at("10.0.0.1", 443)));
    assertEquals(Optional.of("port_not_allowed"), policy.refusal(at("10.0.0.1", 8088)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "0", "65536", "80-", "-80", "90-80", "http", "80;443", "８０"})
  void aListOfPortsThatIsNoneIsRefused(String list) {
    BadInputException refusal = assertThrows(BadInputException.class, () -> Ports.parse(list));
    assertTrue(
        String.valueOf(refusal.getMessage())
            .startsWith("FCRAWLER_ALLOW_PORTS takes ports from 1 to 65535 and ranges"),
        refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/",
        "10.0.0/8",
        "010.0.0.0/8",
        "256.0.0.1",
        "::1/129",
        "fe80::1%eth0",
        "localhost",
        "localhost:",
        "localhost:0",
        "localhost:65536",
        "localhost:http",
        ":80",
        "::1:80:",
        "[127.0.0.1]:80",
        "[::1]",
        "http://localhost:80",
        "a b:80",
        "user@localhost:80",
        "localhost/:80",
        "a\\b:80",
        "256.0.0.1:80",
        "*.example:80",
        "[fe80::1%lo]:80",
        "[::1",
        "10.0.0.0/8:80",
        "localhost:８０"
      })
  void anEntryOfNoKnownFormIsBadInput(String entry) {
    BadInputException e =
        assertThrows(BadInputException.class, () -> AddressPolicy.parse("10.0.0.0/8," + entry));
    assertEquals("FCRAWLER_ALLOW_PRIVATE", e.field());
    assertTrue(String.valueOf(e.getMessage()).contains(entry), entry);
  }

  @Test
  void policiesOfTheSameListAreEqual() {
    assertEquals(AddressPolicy.parse("10.0.0.0/8,a:1"), AddressPolicy.parse("10.0.0.0/8, a:1"));
    assertEquals(AddressPolicy.PUBLIC_ONLY, AddressPolicy.parse(""));
  }

  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }
}
