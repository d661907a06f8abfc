package io.fcrawler.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Requests to one server. HttpURLConnection, as it is there in a third of the time that
 * java.net.http takes to start.
 */
final class Http {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  private final URI base;
  private final int connectMs;
  private final int readMs;
  private final String advice;

  /**
   * @param url that was asked
   * @param body as text; empty where there is none
   */
  record Answer(String url, int status, boolean problem, String body) {}

  /**
   * @param limit on the wait for the connection, and for each part of an answer
   * @param advice ends the message where nothing answers
   */
  Http(URI base, Duration limit, String advice) {
    this.base = base;
    this.connectMs = (int) Math.min(limit.toMillis(), CONNECT_LIMIT.toMillis());
    this.readMs = (int) limit.toMillis();
    this.advice = advice;
  }

  /**
   * @param path with its query
   */
  Answer get(String path) {
    return exchange("GET", path, null);
  }

  /**
   * @param json null: an empty body
   */
  Answer post(String path, @Nullable String json) {
    return exchange("POST", path, json == null ? "" : json);
  }

  private Answer exchange(String method, String path, @Nullable String body) {
    String address = base.toString().replaceAll("/+$", "") + path;
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(address).toURL().openConnection();
      connection.setRequestMethod(method);
      connection.setConnectTimeout(connectMs);
      connection.setReadTimeout(readMs);
      connection.setInstanceFollowRedirects(false);
      connection.setRequestProperty("Accept", "application/json, application/problem+json");
      if (body != null) {
        send(connection, body);
      }
      return answer(connection);
    } catch (IOException e) {
      throw new UnreachableException(
          "the API at %s is not reachable (%s)%s".formatted(base, reason(e), advice), e);
    }
  }

  /** Of a fixed length: else it might be sent twice. */
  private static void send(HttpURLConnection connection, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(bytes.length);
    connection.setRequestProperty("Content-Type", "application/json");
    try (OutputStream out = connection.getOutputStream()) {
      out.write(bytes);
    }
  }

  private static Answer answer(HttpURLConnection connection) throws IOException {
    String url = connection.getURL().toString();
    int status = connection.getResponseCode();
    String type = String.valueOf(connection.getContentType()).toLowerCase(Locale.ROOT);
    @Nullable InputStream in =
        status >= 400 ? connection.getErrorStream() : connection.getInputStream();
    if (in == null) {
      return new Answer(url, status, false, "");
    }
    try (in) {
      String body = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(url, status, type.startsWith("application/problem+json"), body);
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case ConnectException refused -> "connection refused";
      case UnknownHostException unknown -> "unknown host";
      case SocketTimeoutException timeout -> "no answer in time";
      case SSLException tls -> "TLS: " + tls.getMessage();
      default -> String.valueOf(e.getMessage());
    };
  }
}
