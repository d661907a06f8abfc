package io.fcrawler.worker.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Optional;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes sockets that connect only to addresses that the policy allows. The check is made on the
 * very address that is connected to, so it holds for IP literals, which no DNS hook sees, and for
 * names whose answer changes.
 */
final class GuardedSocketFactory extends SocketFactory {
  private final AddressPolicy policy;
  private final Witness witness;

  /** Sees what is connected to, and may still prevent it. */
  @FunctionalInterface
  interface Witness {
    void connecting(InetSocketAddress target) throws IOException;
  }

  GuardedSocketFactory(AddressPolicy policy) {
    this(policy, target -> {});
  }

  GuardedSocketFactory(AddressPolicy policy, Witness witness) {
    this.policy = policy;
    this.witness = witness;
  }

  @Override
  public Socket createSocket() {
    return new GuardedSocket(policy, witness);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port), null);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port), null);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return connected(
        new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return connected(
        new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
  }

  private Socket connected(InetSocketAddress remote, @Nullable SocketAddress local)
      throws IOException {
    Socket socket = createSocket();
    try {
      if (local != null) {
        socket.bind(local);
      }
      socket.connect(remote);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static final class GuardedSocket extends Socket {
    private final AddressPolicy policy;
    private final Witness witness;
    private @Nullable HeadStream heads;

    GuardedSocket(AddressPolicy policy, Witness witness) {
      super(Proxy.NO_PROXY); // a system-wide SOCKS proxy would connect in our stead, unchecked
      this.policy = policy;
      this.witness = witness;
    }

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
      connect(endpoint, 0);
    }

    @Override
    public void connect(SocketAddress endpoint, int timeoutMs) throws IOException {
      if (!(endpoint instanceof InetSocketAddress target)) {
        throw new AddressNotAllowedException(Reasons.ADDRESS_NOT_ALLOWED, endpoint);
      }
      Optional<String> refusal = policy.refusal(target);
      if (refusal.isPresent()) {
        throw new AddressNotAllowedException(refusal.get(), endpoint);
      }
      witness.connecting(target);
      super.connect(endpoint, timeoutMs);
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return heads();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return new HeadStream.Requests(
          new TracedStreams.Output(super.getOutputStream(), super.getInputStream()), heads());
    }

    private synchronized HeadStream heads() throws IOException {
      if (heads == null) {
        heads = new HeadStream(new TracedStreams.Input(super.getInputStream()));
      }
      return heads;
    }
  }
}
