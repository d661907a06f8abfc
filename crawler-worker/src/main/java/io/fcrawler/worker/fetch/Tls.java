package io.fcrawler.worker.fetch;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Whose certificates are trusted.
 *
 * @param anyHost whether a certificate may be for another host
 */
record Tls(SSLSocketFactory factory, X509TrustManager trusted, boolean anyHost) {

  /** The certificate authorities that the JDK trusts. */
  static Tls system() {
    return trusting(null);
  }

  /** The certificates of a key store; {@code null} for the JDK's. */
  static Tls trusting(@Nullable KeyStore store) {
    try {
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(store);
      X509TrustManager manager =
          Stream.of(managers.getTrustManagers())
              .filter(X509TrustManager.class::isInstance)
              .map(X509TrustManager.class::cast)
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("no X.509 trust manager"));
      return new Tls(factory(manager), manager, false);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS cannot be set up", e);
    }
  }

  /** All certificates, as an operator may want for sites whose own are broken. */
  static Tls any() {
    X509TrustManager all = new TrustsAll();
    return new Tls(factory(all), all, true);
  }

  private static SSLSocketFactory factory(X509TrustManager manager) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {manager}, null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS cannot be set up", e);
    }
  }

  void configure(OkHttpClient.Builder builder) {
    builder.sslSocketFactory(new HeadTlsSocketFactory(factory), trusted);
    if (anyHost) {
      builder.hostnameVerifier((host, session) -> true);
    }
  }

  /** Extended, or the JDK would check the host's name and the algorithms beside it. */
  private static final class TrustsAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
