package io.fcrawler.worker.fetch;

import io.fcrawler.testing.web.Answer;
import io.fcrawler.testing.web.SiteServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ServerSocketFactory;

/** Sites at the same port of several loopback addresses, which tell who connected to them. */
public final class Listeners implements AutoCloseable {
  private static final String[] ADDRESSES = {"127.0.0.1", "127.0.0.2", "127.1.2.3", "::1"};
  private static final int ATTEMPTS = 20;

  private final Map<String, SiteServer> sites = new LinkedHashMap<>();
  private int port;

  private Listeners() {}

  /** Starts them at a port that is free at all addresses; a machine may be without IPv6. */
  public static Listeners start() throws IOException {
    for (int attempt = 1; ; attempt++) {
      Listeners listeners = new Listeners();
      try {
        listeners.listen();
        return listeners;
      } catch (BindException e) {
        listeners.close();
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private void listen() throws IOException {
    for (String address : ADDRESSES) {
      boolean here = !address.contains(":") || OwnAddresses.now().contains(of(address));
      if (here) {
        SiteServer site = SiteServer.start(at(address, port), "http");
        site.route("/", Answer.text("User-agent: *\nDisallow:"));
        port = site.port();
        sites.put(address, site);
      }
    }
  }

  private static IpAddress of(String address) {
    return IpAddress.parse(address).orElseThrow();
  }

  public int port() {
    return port;
  }

  /** How many connections were made to any of them. */
  public int connections() {
    return sites.values().stream().mapToInt(SiteServer::connections).sum();
  }

  @Override
  public void close() throws IOException {
    for (SiteServer site : sites.values()) {
      site.close();
    }
  }

  private static ServerSocketFactory at(String address, int port) {
    return new ServerSocketFactory() {
      @Override
      public ServerSocket createServerSocket() throws IOException {
        return new ServerSocket() {
          @Override
          public void bind(SocketAddress endpoint, int backlog) throws IOException {
            super.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port), backlog);
          }
        };
      }

      @Override
      public ServerSocket createServerSocket(int other) {
        throw new UnsupportedOperationException();
      }

      @Override
      public ServerSocket createServerSocket(int other, int backlog) {
        throw new UnsupportedOperationException();
      }

      @Override
      public ServerSocket createServerSocket(int other, int backlog, InetAddress at) {
        throw new UnsupportedOperationException();
      }
    };
  }
}
