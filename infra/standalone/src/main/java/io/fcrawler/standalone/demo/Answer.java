package io.fcrawler.standalone.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What the site says to a request for one path.
 *
 * @param location where a redirect leads; empty where this is none
 * @param body each character is one byte
 * @param delay how long the site thinks before it says so
 */
record Answer(int status, String contentType, String location, String body, Duration delay) {
  private static final Duration DELAY = Duration.ofMillis(40);

  static Answer html(String body) {
    return file("text/html; charset=utf-8", body);
  }

  static Answer file(String contentType, String body) {
    return new Answer(200, contentType, "", body, DELAY);
  }

  static Answer error(int status) {
    return new Answer(status, "text/plain", "", "error " + status + "\n", DELAY);
  }

  static Answer redirect(int status, String location) {
    return new Answer(status, "text/plain", location, "", DELAY);
  }

  Answer after(Duration otherDelay) {
    return new Answer(status, contentType, location, body, otherDelay);
  }

  byte[] bytes() {
    return body.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Whether a crawl counts this as failed, rather than as crawled. */
  boolean isFailure() {
    return status >= 400;
  }
}
