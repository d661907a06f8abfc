package io.fcrawler.worker.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** How targets are spelled that must not be reached, and what each comes to. */
public final class PrivateTargets {
  /** The spelling; the host that it means, or - for none; and 400 where it cannot be submitted. */
  private static final String TABLE =
      """
      http://127.0.0.1:{p}/                            127.0.0.1
      https://127.0.0.1:{p}/                           127.0.0.1
      HTTP://127.0.0.1:{p}                             127.0.0.1
      http://127.0.0.1.:{p}/                           127.0.0.1
      http://127.1:{p}/                                127.0.0.1
      http://127.0.1:{p}/                              127.0.0.1
      http://127.1.:{p}/                               127.0.0.1
      http://2130706433:{p}/                           127.0.0.1
      http://017700000001:{p}/                         127.0.0.1
      http://0177.0.0.1:{p}/                           127.0.0.1
      http://0177.0.0.01:{p}/                          127.0.0.1
      http://00000000000177.1:{p}/                     127.0.0.1
      http://127.000.000.001:{p}/                      127.0.0.1
      http://0x7f000001:{p}/                           127.0.0.1
      http://0x7f.1:{p}/                               127.0.0.1
      http://0X7F.0X0.0X0.0X1:{p}/                     127.0.0.1
      http://0x7f.0.00.0x00001:{p}/                    127.0.0.1
      http://127.0.0.2:{p}/                            127.0.0.2
      http://127.1.2.3:{p}/                            127.1.2.3
      http://127.66051:{p}/                            127.1.2.3
      http://0:{p}/                                    0.0.0.0
      http://0.0.0.0:{p}/                              0.0.0.0
      http://0x.0x.0:{p}/                              0.0.0.0
      http://00000.0:{p}/                              0.0.0.0
      http://%31%32%37.0.0.1:{p}/                      127.0.0.1
      http://127%2e0%2E0.1:{p}/                        127.0.0.1
      http://%30%78%37f.1:{p}/                         127.0.0.1
      http://１２７.0.0.1:{p}/                          127.0.0.1
      http://127。0。0。1:{p}/                          127.0.0.1
      http://127．0．0．1:{p}/                          127.0.0.1
      http://127｡0｡0｡1:{p}/                            127.0.0.1
      http://①②⑦.⓪.⓪.①:{p}/                          127.0.0.1
      http://𝟏𝟐𝟕.𝟎.𝟎.𝟏:{p}/                            127.0.0.1
      http://0ｘ7ｆ.1:{p}/                              127.0.0.1
      http://%EF%BC%91%EF%BC%92%EF%BC%97.1:{p}/        127.0.0.1
      http://127.0.0.{shy}1:{p}/                       127.0.0.1
      http://127.0.0.{zwsp}1:{p}/                      127.0.0.1
      http://127{tab}.0.0.1:{p}/                       127.0.0.1             400
      ht{lf}tp://127.0.0.1:{p}/                        127.0.0.1             400
      http://127.0.0.1{cr}{lf}:{p}/                    127.0.0.1             400
      http://user@127.0.0.1:{p}/                       127.0.0.1             400
      http://user:pass@127.0.0.1:{p}/                  127.0.0.1             400
      http://example.com@127.0.0.1:{p}/                127.0.0.1             400
      http://example.com:80@127.0.0.1:{p}/             127.0.0.1             400
      http://a@b@127.0.0.1:{p}/                        127.0.0.1             400
      http://127.0.0.1:{p}\\@example.com/              127.0.0.1
      http://127.0.0.1:{p}?@example.com/               127.0.0.1
      http://127.0.0.1:{p}#@example.com/               127.0.0.1
      http:\\\\127.0.0.1:{p}\\                         127.0.0.1             400
      http:////127.0.0.1:{p}/                          127.0.0.1             400
      https:/127.0.0.1:{p}/                            127.0.0.1             400
      //127.0.0.1:{p}/                                 127.0.0.1             400
      \\\\127.0.0.1:{p}\\                              127.0.0.1             400
      /\\127.0.0.1:{p}/                                127.0.0.1             400
      //2130706433:{p}/                                127.0.0.1             400
      http://[::1]:{p}/                                [::1]
      http://[0:0:0:0:0:0:0:1]:{p}/                    [::1]
      http://[0000:0000::0000:0001]:{p}/               [::1]
      http://[::0.0.0.1]:{p}/                          [::1]
      http://[::]:{p}/                                 [::]
      http://[::0.0.0.0]:{p}/                          [::]
      http://[::ffff:127.0.0.1]:{p}/                   127.0.0.1
      http://[::ffff:7f00:1]:{p}/                      127.0.0.1
      http://[0:0:0:0:0:FFFF:127.0.0.1]:{p}/           127.0.0.1
      http://[::FFFF:0.0.0.0]:{p}/                     0.0.0.0
      http://[::127.0.0.1]:{p}/                        [::7f00:1]
      http://[::ffff:0:127.0.0.1]:{p}/                 [::ffff:0:7f00:1]
      http://[64:ff9b::127.0.0.1]:{p}/                 [64:ff9b::7f00:1]
      http://[64:ff9b::a9fe:a9fe]:{p}/                 [64:ff9b::a9fe:a9fe]
      http://[64:ff9b:1::7f00:1]:{p}/                  [64:ff9b:1::7f00:1]
      http://[2002:7f00:1::]:{p}/                      [2002:7f00:1::]
      http://[2002:a9fe:a9fe::1]:{p}/                  [2002:a9fe:a9fe::1]
      http://[2001:0:4136:e378:8000:63bf:80ff:fffe]:{p}/ [2001:0:4136:e378:8000:63bf:80ff:fffe]
      http://[2606:4700::5efe:127.0.0.1]:{p}/          [2606:4700::5efe:7f00:1]
      http://[fc00::1]:{p}/                            [fc00::1]
      http://[fd00:ec2::254]:{p}/                      [fd00:ec2::254]
      http://[fe80::1]:{p}/                            [fe80::1]
      http://[febf::1]:{p}/                            [febf::1]
      http://[fec0::1]:{p}/                            [fec0::1]
      http://[ff02::1]:{p}/                            [ff02::1]
      http://[ff0e::1:3]:{p}/                          [ff0e::1:3]
      http://[100::1]:{p}/                             [100::1]
      http://[2001:db8::1]:{p}/                        [2001:db8::1]
      http://[3fff::1]:{p}/                            [3fff::1]
      http://[5f00::1]:{p}/                            [5f00::1]
      http://[4000::1]:{p}/                            [4000::1]
      http://10.0.0.1:{p}/                             10.0.0.1
      http://012.1:{p}/                                10.0.0.1
      http://172.16.0.1:{p}/                           172.16.0.1
      http://192.168.0.1:{p}/                          192.168.0.1
      http://3232235521:{p}/                           192.168.0.1
      http://169.254.169.254:{p}/                      169.254.169.254
      http://2852039166:{p}/                           169.254.169.254
      http://0xa9fea9fe:{p}/                           169.254.169.254
      http://0251.0376.0251.0376:{p}/                  169.254.169.254
      http://169.254.43518:{p}/                        169.254.169.254
      http://[::ffff:169.254.169.254]:{p}/             169.254.169.254
      http://100.100.100.200:{p}/                      100.100.100.200
      http://192.0.0.192:{p}/                          192.0.0.192
      http://168.63.129.16:{p}/                        168.63.129.16
      http://0.1.2.3:{p}/                              0.1.2.3
      http://224.0.0.1:{p}/                            224.0.0.1
      http://239.255.255.250:{p}/                      239.255.255.250
      http://240.0.0.1:{p}/                            240.0.0.1
      http://255.255.255.255:{p}/                      255.255.255.255
      http://4294967295:{p}/                           255.255.255.255
      http://198.18.0.1:{p}/                           198.18.0.1
      http://192.0.2.1:{p}/                            192.0.2.1
      http://198.51.100.1:{p}/                         198.51.100.1
      http://203.0.113.1:{p}/                          203.0.113.1
      http://localhost:{p}/                            localhost
      http://localhost.:{p}/                           localhost
      http://LOCALHOST:{p}/                            localhost
      http://%6cocalhost:{p}/                          localhost
      http://ｌｏｃａｌｈｏｓｔ:{p}/                       localhost
      http://loc{zwsp}alhost:{p}/                      localhost
      http://app.localhost:{p}/                        app.localhost
      http://localhost.localdomain:{p}/                localhost.localdomain
      http://ip6-localhost:{p}/                        ip6-localhost
      http://metadata.google.internal:{p}/             metadata.google.internal
      http://127.0.0.1.nip.example:{p}/                127.0.0.1.nip.example
      http://private.example:{p}/                      private.example
      http://mapped.example:{p}/                       mapped.example
      http://translated.example:{p}/                   translated.example
      http://scoped.example:{p}/                       scoped.example
      http://several.example:{p}/                      several.example
      http://127.0.0.257:{p}/                          -                     400
      http://4294967296:{p}/                           -                     400
      http://4294967297:{p}/                           -                     400
      http://6425673729:{p}/                           -                     400
      http://127.0.0.1.1:{p}/                          -                     400
      http://127.0.0.08:{p}/                           -                     400
      http://0x7g.1:{p}/                               -                     400
      http://127..1:{p}/                               -                     400
      http://127.0.0.1..:{p}/                          -                     400
      http://[127.0.0.1]:{p}/                          -                     400
      http://[2130706433]:{p}/                         -                     400
      http://[::1%25lo]:{p}/                           -                     400
      http://[fe80::1%25lo]:{p}/                       -                     400
      http://[fe80::1%lo]:{p}/                         -                     400
      http://[::1:{p}/                                 -                     400
      http://::1:{p}/                                  -                     400
      http://[::1].:{p}/                               -                     400
      http://[::ffff:127.1]:{p}/                       -                     400
      http://127.0.0.1%00.example.com:{p}/             -                     400
      http://example.com%40127.0.0.1:{p}/              -                     400
      http://example.com%2f@127.0.0.1%20:{p}/          -                     400
      http://127.0.0.1,example.com:{p}/                -                     400
      file:///etc/passwd                               -                     400
      file://127.0.0.1:{p}/x                           -                     400
      file:/etc/passwd                                 -                     400
      FILE:///etc/passwd                               -                     400
      {tab}file:///etc/passwd                          -                     400
      netdoc:///etc/passwd                             -                     400
      jar:http://127.0.0.1:{p}/x.jar!/                 -                     400
      jar:file:///x.jar!/x                             -                     400
      ftp://127.0.0.1:{p}/                             -                     400
      sftp://127.0.0.1:{p}/                            -                     400
      tftp://127.0.0.1:{p}/                            -                     400
      gopher://127.0.0.1:{p}/_x                        -                     400
      dict://127.0.0.1:{p}/info                        -                     400
      ldap://127.0.0.1:{p}/x                           -                     400
      ldaps://127.0.0.1:{p}/x                          -                     400
      rmi://127.0.0.1:{p}/x                            -                     400
      redis://127.0.0.1:{p}/                           -                     400
      ws://127.0.0.1:{p}/                              -                     400
      wss://127.0.0.1:{p}/                             -                     400
      smb://127.0.0.1:{p}/                             -                     400
      ssh://127.0.0.1:{p}/                             -                     400
      http+unix://127.0.0.1:{p}/                       -                     400
      unix:/var/run/docker.sock                        -                     400
      httpx://127.0.0.1:{p}/                           -                     400
      view-source:http://127.0.0.1:{p}/                -                     400
      feed:http://127.0.0.1:{p}/                       -                     400
      blob:http://127.0.0.1:{p}/x                      -                     400
      filesystem:http://127.0.0.1:{p}/x                -                     400
      javascript:location='http://127.0.0.1:{p}/'      -                     400
      JaVa{tab}Script:alert(1)                         -                     400
      data:text/html,<a%20href=http://127.0.0.1:{p}/>  -                     400
      about:blank                                      -                     400
      mailto:a@127.0.0.1                               -                     400
      """;

  private static final Map<String, List<String>> ADDRESSES =
      Map.ofEntries(
          Map.entry("localhost", List.of("127.0.0.1", "::1")),
          Map.entry("app.localhost", List.of("127.0.0.1")),
          Map.entry("localhost.localdomain", List.of("127.0.0.1")),
          Map.entry("ip6-localhost", List.of("::1")),
          Map.entry("metadata.google.internal", List.of("169.254.169.254")),
          Map.entry("127.0.0.1.nip.example", List.of("127.0.0.1")),
          Map.entry("private.example", List.of("10.0.0.1")),
          Map.entry("mapped.example", List.of("::ffff:127.0.0.1")),
          Map.entry("translated.example", List.of("64:ff9b::7f00:1")),
          Map.entry("scoped.example", List.of("fe80::1")),
          Map.entry("several.example", List.of("127.0.0.2", "192.168.0.1", "fd00::1", "::1")),
          Map.entry("both.example", List.of("10.0.0.1", "8.8.8.8", "::1", "127.0.0.1")));

  private PrivateTargets() {}

  /**
   * A spelling.
   *
   * @param host - where it is no URL of http or https
   */
  public record Target(String spelling, String host, boolean submittable) {
    static Target of(String line) {
      String[] columns = line.split(" +", -1);
      return new Target(columns[0], columns[1], columns.length == 2);
    }

    public boolean isUrl() {
      return !host.equals("-");
    }

    /** The spelling with everything in its place. */
    public String at(int port) {
      return spelling
          .replace("{p}", String.valueOf(port))
          .replace("{tab}", "\t")
          .replace("{lf}", "\n")
          .replace("{cr}", "\r")
          .replace("{shy}", "\u00ad")
          .replace("{zwsp}", "\u200b");
    }

    @Override
    public String toString() {
      return spelling;
    }
  }

  public static Stream<Target> all() {
    return TABLE.lines().map(Target::of);
  }

  /** The addresses of the table's names, and of no others. */
  static InetAddress[] lookup(String host) throws UnknownHostException {
    List<String> addresses = ADDRESSES.get(host.toLowerCase(Locale.ROOT));
    if (addresses == null) {
      throw new UnknownHostException(host + ": Name or service not known");
    }
    InetAddress[] found = new InetAddress[addresses.size()];
    for (int i = 0; i < found.length; i++) {
      byte[] bytes = InetAddress.ofLiteral(addresses.get(i)).getAddress();
      found[i] = InetAddress.getByAddress(host, bytes);
    }
    return found;
  }
}
