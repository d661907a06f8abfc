package io.fcrawler.benchmark;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Proxy;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Fetches a URL as a worker does, and finds its links. Thread-safe. */
final class RawFetch implements AutoCloseable {
  private final ConnectionPool pool;
  private final OkHttpClient client;

  /** Keeps at most so many connections open. */
  RawFetch(int connections) {
    pool = new ConnectionPool(connections, 1, TimeUnit.MINUTES);
    client =
        new OkHttpClient.Builder()
            .connectionPool(pool)
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .fastFallback(false)
            .proxy(Proxy.NO_PROXY)
            .build();
  }

  /**
   * What came of one URL.
   *
   * @param links those with an absolute form; 0 where it is not HTML
   */
  record Page(int status, long bytes, long links) {}

  Page fetch(String url) throws IOException {
    Request request = new Request.Builder().url(url).build();
    try (Response response = client.newCall(request).execute()) {
      ResponseBody body = response.body();
      MediaType type = body.contentType();
      byte[] bytes = body.bytes();
      boolean isHtml = type != null && type.subtype().contains("html");
      return new Page(response.code(), bytes.length, isHtml ? links(bytes, url) : 0);
    }
  }

  private static long links(byte[] bytes, String url) throws IOException {
    Document document = Jsoup.parse(new ByteArrayInputStream(bytes), null, url);
    long links = 0;
    for (Element anchor : document.select("a[href]")) {
      links += anchor.absUrl("href").isEmpty() ? 0 : 1;
    }
    return links;
  }

  @Override
  public void close() {
    pool.evictAll();
  }
}
