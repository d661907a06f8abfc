package io.fcrawler.worker.fetch;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Whose certificates are trusted. */
record Tls(SSLSocketFactory factory, X509TrustManager trusted) {

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
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {manager}, null);
      return new Tls(context.getSocketFactory(), manager);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS cannot be set up", e);
    }
  }

  void configure(OkHttpClient.Builder builder) {
    builder.sslSocketFactory(factory, trusted);
  }
}
