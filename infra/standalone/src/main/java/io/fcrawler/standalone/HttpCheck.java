package io.fcrawler.standalone;

import io.fcrawler.standalone.Part.Check;
import io.fcrawler.standalone.Part.Readiness;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;

/** Asks a part for {@code /readyz}. */
final class HttpCheck {
  private static final int TIMEOUT_MS = 2000;

  private HttpCheck() {}

  static Check readyz(String address) {
    return process -> answersOk(address + "/readyz") ? Readiness.READY : Readiness.NOT_YET;
  }

  private static boolean answersOk(String url) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(url).toURL().openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(TIMEOUT_MS);
      connection.setReadTimeout(TIMEOUT_MS);
      try {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return false;
    }
  }
}
