package io.fcrawler.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;

/** A PEM file with the certificates of authorities to be trusted in place of the JVM's. */
public record CaFile(Path path) {
  /** The file named by a key; empty, and noted, where it has no certificates. */
  static Optional<CaFile> from(Env env, String key) {
    return env.parsed(key, Optional.empty(), value -> Optional.of(checked(value)));
  }

  private static CaFile checked(String value) {
    CaFile file = new CaFile(Path.of(value));
    try {
      if (!file.certificates().isEmpty()) {
        return file;
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(notCertificates(value), e);
    }
    throw new IllegalArgumentException(notCertificates(value));
  }

  private static String notCertificates(String value) {
    return Env.quoted(value) + " is not a file that can be read, with certificates in PEM";
  }

  private Collection<? extends Certificate> certificates()
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(path)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in);
    }
  }

  /** Trusts these authorities alone. */
  public TrustManagerFactory trust() {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (Certificate certificate : certificates()) {
        store.setCertificateEntry("ca-" + store.size(), certificate);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      return trust;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(
          "the certificates in " + path + " cannot be read any more", e);
    }
  }
}
