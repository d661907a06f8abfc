package io.fcrawler.testing.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * A well-formed answer.
 *
 * @param headers lines without their ends, besides Content-Length, which is added
 */
@SuppressWarnings("ArrayRecordComponent") // written, never compared
public record Answer(int status, List<String> headers, byte[] body) {
  public Answer {
    headers = List.copyOf(headers);
  }

  /** 200 with a page. */
  public static Answer html(String html) {
    return of(200, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
  }

  /** 200 with plain text. */
  public static Answer text(String text) {
    return of(200, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /** A body of a type. */
  public static Answer of(int status, String contentType, byte[] body) {
    return new Answer(status, List.of("Content-Type: " + contentType), body);
  }

  /** A status with an empty body. */
  public static Answer status(int status) {
    return new Answer(status, List.of(), new byte[0]);
  }

  /** A redirect. */
  public static Answer redirect(int status, String location) {
    return status(status).with("Location: " + location);
  }

  /** The same with one more header line. */
  public Answer with(String header) {
    List<String> more = new ArrayList<>(headers);
    more.add(header);
    return new Answer(status, more, body);
  }

  /** The same with its body compressed. */
  public Answer gzip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(body);
    }
    return new Answer(status, headers, bytes.toByteArray()).with("Content-Encoding: gzip");
  }

  /** Sends it. */
  public void writeTo(OutputStream out) throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Status\r\n");
    headers.forEach(header -> head.append(header).append("\r\n"));
    if (status != 204 && status != 304) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    head.append("\r\n");
    out.write(head.toString().getBytes(StandardCharsets.UTF_8));
    out.write(body);
    out.flush();
  }
}
