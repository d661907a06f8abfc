package io.fcrawler.worker.testing;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The key stores of the TLS tests: ca, valid, expired, wronghost, untrusted. */
public final class TestingTls {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private TestingTls() {}

  /** A key store by its name. */
  public static KeyStore store(String name) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (@Nullable InputStream in = TestingTls.class.getResourceAsStream("/tls/" + name + ".p12")) {
      if (in == null) {
        throw new IOException("no key store " + name);
      }
      store.load(in, PASSWORD);
    }
    return store;
  }

  /** A server's side of TLS, with the key and certificate of a store. */
  public static SSLContext server(String name) throws IOException, GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store(name), PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /** Makes the server sockets of such a side. */
  public static ServerSocketFactory sockets(String name)
      throws IOException, GeneralSecurityException {
    return server(name).getServerSocketFactory();
  }
}
