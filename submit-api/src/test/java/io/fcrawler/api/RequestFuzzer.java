package io.fcrawler.api;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Makes requests that are nearly right: a good one with a few random changes. */
final class RequestFuzzer {
  private static final List<String> GOOD =
      List.of(
          post("application/json", "{\"domain\":\"a.example\",\"maxPages\":7,\"exclude\":[\"a\"]}"),
          post(
              "application/json; charset=utf-8",
              "{\"domains\":[\"a.example\",\"b.example:8080\"]}"),
          post(
              "text/plain; charset=utf-8",
              "a.example\nhttps://b.example/x?y\n\n[::1]:80\nb\u00fc.example"),
          request(
              "POST /api/submit?delayMs=5&include=/a/ HTTP/1.1",
              "Host: 127.0.0.1",
              "Connection: close",
              "Content-Type: text/plain",
              "Transfer-Encoding: chunked",
              "",
              "a",
              "a.example\n",
              "7",
              "b.examp",
              "2",
              "le",
              "0"),
          request(
              "POST /api/fcrawler/seed/known.example/pause HTTP/1.1",
              "Host: 127.0.0.1",
              "Origin: http://127.0.0.1",
              "Sec-Fetch-Site: same-origin",
              "Connection: close"),
          get("/api/fcrawler/seeds?status=crawling&q=a&limit=10&cursor=AAAA"),
          get("/api/fcrawler/seed/known.example"),
          get("/api/fcrawler/seed/https%3A%2F%2Fknown.example%2F/failures?reason=http_404&limit=5"),
          get("/api/fcrawler/seed/known.example/excluded?cursor=AAAA"),
          get("/api/fcrawler/seed/known.example/receipt"),
          get("/api/fcrawler/seed/known.example/crawls"),
          get("/api/fcrawler/workers"),
          get("/health"),
          get("/metrics"),
          get("/openapi.yaml"),
          request("OPTIONS * HTTP/1.1", "Host: 127.0.0.1", "Connection: close"),
          request("HEAD / HTTP/1.0"));

  private static final List<String> TOKENS =
      List.of(
          "\"",
          "'",
          "%",
          "%00",
          "%ff%fe",
          "%2e%2e/",
          "..;/",
          "//",
          "\\",
          "{",
          "}",
          "[",
          "]",
          "[::1",
          "@",
          ":",
          ":0",
          ":99999",
          "xn--",
          "-",
          ".",
          "..",
          ";",
          ",",
          "=",
          "&",
          "?",
          "#",
          "\0",
          "\t",
          "\r",
          "\n",
          "\r\n",
          "\r\n ",
          "\r\n\r\n",
          "\u00ff",
          "\u0080\u0081",
          "\u00ed\u00a0\u0080",
          "-1",
          "0",
          "99999999999999999999",
          "1e400",
          "NaN",
          "null",
          "true",
          "(a{1000}){1000}",
          "chunked",
          "gzip",
          ";charset=nope",
          "; charset=\"",
          ";charset=utf-7",
          ";charset=UTF-16",
          ";charset=",
          "HTTP/0.9",
          "HTTP/1.0",
          "HTTP/2.0",
          "http://evil.example",
          "evil.example",
          " ",
          "a".repeat(300));

  private static final List<String> HEADERS =
      List.of(
          "Content-Type: application/json;charset=nope",
          "Content-Type: text/plain; charset=\"",
          "Content-Type: application/x-www-form-urlencoded; charset=%",
          "Content-Type: multipart/form-data; boundary=",
          "Content-Length: -1",
          "Content-Length: 5",
          "Content-Length: 500",
          "Content-Length: 99999999999999999999",
          "Content-Encoding: gzip",
          "Transfer-Encoding: chunked",
          "Transfer-Encoding: gzip, chunked",
          "Transfer-Encoding: identity",
          "Expect: 100-continue",
          "Expect: 200-ok",
          "Host: evil.example",
          "Host: a:b",
          "Host: ::1",
          "Host: [",
          "Host: a b",
          "Origin: null",
          "Sec-Fetch-Site: cross-site",
          "Accept-Encoding: br, gzip;q=nope",
          "Accept: \u00ff",
          "Range: bytes=5-1",
          "If-None-Match: \"",
          "Cookie: a=\"; b",
          "Upgrade: h2c",
          "Connection: Upgrade",
          "Upgrade: websocket",
          "X-Forwarded-For: ,",
          "Forwarded: for=\"",
          "X-Long: " + "a".repeat(9000),
          " folded",
          ": nameless",
          "no colon");

  private final Random random;

  RequestFuzzer(Random random) {
    this.random = random;
  }

  private static String request(String... lines) {
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  private static String get(String target) {
    return request("GET " + target + " HTTP/1.1", "Host: 127.0.0.1", "Connection: close");
  }

  private static String post(String type, String body) {
    return request(
            "POST /api/submit HTTP/1.1",
            "Host: 127.0.0.1",
            "Connection: close",
            "Content-Type: " + type,
            "Content-Length: " + body.length())
        + body;
  }

  /** A further request: one character is one byte. */
  byte[] next() {
    String request = GOOD.get(random.nextInt(GOOD.size()));
    for (int changes = 1 + random.nextInt(4); changes > 0 && !request.isEmpty(); changes--) {
      request = changed(request);
    }
    return request.getBytes(StandardCharsets.ISO_8859_1);
  }

  private String changed(String request) {
    int at = random.nextInt(request.length());
    int end = Math.min(request.length(), at + 1 + random.nextInt(12));
    String before = request.substring(0, at);
    return switch (random.nextInt(9)) {
      case 0 -> before + (char) random.nextInt(256) + request.substring(at + 1);
      case 1 -> before + request.substring(end);
      case 2 -> request.substring(0, end) + request.substring(at);
      case 3, 4 -> before + TOKENS.get(random.nextInt(TOKENS.size())) + request.substring(at);
      case 5 -> before + TOKENS.get(random.nextInt(TOKENS.size())) + request.substring(end);
      case 6 -> before;
      default -> withHeader(request);
    };
  }

  private String withHeader(String request) {
    String header = HEADERS.get(random.nextInt(HEADERS.size()));
    int line = request.indexOf("\r\n");
    String name = header.substring(0, header.indexOf(':') + 1);
    int old = name.isEmpty() ? -1 : request.indexOf("\r\n" + name);
    if (old >= 0 && random.nextBoolean()) { // in place of the one that is there
      int next = request.indexOf("\r\n", old + 2);
      return request.substring(0, old + 2) + header + (next < 0 ? "" : request.substring(next));
    }
    return line < 0 ? request : request.substring(0, line + 2) + header + request.substring(line);
  }

  /** For messages: what does not show is escaped. */
  static String shown(byte[] request) {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    for (byte b : request) {
      boolean plain = b >= 0x20 && b < 0x7f;
      shown.writeBytes(
          (plain ? "" + (char) b : "\\x%02x".formatted(b)).getBytes(StandardCharsets.US_ASCII));
    }
    return shown.toString(StandardCharsets.US_ASCII);
  }
}
