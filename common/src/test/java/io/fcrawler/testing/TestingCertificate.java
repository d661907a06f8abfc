package io.fcrawler.testing;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A certificate for 127.0.0.1 made for one test. It signs itself, so that who trusts it trusts
 * nobody else.
 *
 * @param certificate a file in PEM
 * @param key a file in PEM
 */
public record TestingCertificate(Path certificate, Path key) {
  private static final String ALIAS = "test";
  private static final String PASSWORD = "changeit";

  /** Makes it, in files of an empty folder. */
  public static TestingCertificate make(Path folder) {
    try {
      KeyStore store = generated(folder.resolve("store.p12"));
      byte[] key = store.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded();
      return new TestingCertificate(
          pem(folder, "CERTIFICATE", store.getCertificate(ALIAS).getEncoded()),
          pem(folder, "PRIVATE KEY", key));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("no certificate for tests", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static KeyStore generated(Path file)
      throws IOException, GeneralSecurityException, InterruptedException {
    String options =
        "-genkeypair -keyalg EC -dname CN=test -ext SAN=ip:127.0.0.1 -ext BC=ca:true -validity 7"
            + " -storetype PKCS12 -alias "
            + ALIAS
            + " -storepass "
            + PASSWORD;
    ProcessBuilder keytool =
        new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    keytool.command().addAll(List.of(options.split(" ")));
    keytool.command().addAll(List.of("-keystore", file.toString()));
    Process process = keytool.redirectError(Redirect.DISCARD).start();
    if (!process.waitFor(180, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("keytool failed");
    }
    return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
  }

  private static Path pem(Path folder, String what, byte[] content) throws IOException {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    String text = "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, lines, what);
    return Files.writeString(
        folder.resolve(what.charAt(0) + ".pem"), text, StandardCharsets.US_ASCII);
  }
}
