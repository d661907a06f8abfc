package io.fcrawler.worker.fetch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Makes {@link HeadTlsSocket}s of those of another factory. */
final class HeadTlsSocketFactory extends SSLSocketFactory {
  private final SSLSocketFactory factory;

  HeadTlsSocketFactory(SSLSocketFactory factory) {
    this.factory = factory;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return factory.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return factory.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket() throws IOException {
    return rewriting(factory.createSocket());
  }

  @Override
  public Socket createSocket(Socket under, String host, int port, boolean autoClose)
      throws IOException {
    return rewriting(factory.createSocket(under, host, port, autoClose));
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return rewriting(factory.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return rewriting(factory.createSocket(host, port, local, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return rewriting(factory.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return rewriting(factory.createSocket(host, port, local, localPort));
  }

  private static Socket rewriting(Socket socket) {
    return new HeadTlsSocket((SSLSocket) socket);
  }
}
