package io.fcrawler.testing.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import java.util.List;

/**
 * What a site answers for a URL, as data.
 *
 * @param status of the answer
 * @param type the value of Content-Type
 * @param text of the body, without the links; each character is one byte
 * @param links that the page leads to, spelled as the keys of its site; of a redirect its one
 *     target
 * @param delay how long the site takes until the answer begins
 * @param failsFirst how many requests are answered 503 before the first that is answered so
 */
public record Page(
    int status, String type, String text, List<String> links, Duration delay, int failsFirst) {
  private static final String HTML = "text/html; charset=utf-8";

  public Page {
    links = List.copyOf(links);
  }

  /** An HTML page whose body is a text and the links. */
  public static Page html(String text, List<String> links) {
    return new Page(200, HTML, text, links, Duration.ZERO, 0);
  }

  /** A document without links. */
  public static Page file(String type, String text) {
    return new Page(200, type, text, List.of(), Duration.ZERO, 0);
  }

  public static Page redirect(int status, String target) {
    return error(status).linkingTo(List.of(target));
  }

  /** A page of an error status. A crawl must not follow the link in its body. */
  public static Page error(int status) {
    String text = "<a href=/trap>not to be followed</a>";
    return new Page(status, HTML, text, List.of(), Duration.ZERO, 0);
  }

  /** This page with another delay. */
  public Page after(Duration otherDelay) {
    return new Page(status, type, text, links, otherDelay, failsFirst);
  }

  /** This page with other links. */
  public Page linkingTo(List<String> otherLinks) {
    return new Page(status, type, text, otherLinks, delay, failsFirst);
  }

  /** This page when so many requests have failed. */
  public Page failingFirst(int requests) {
    return new Page(status, type, text, links, delay, requests);
  }

  public boolean redirects() {
    return status / 100 == 3;
  }

  /** Whether an exact crawl counts it as failed; if not, as crawled. */
  public boolean isFailure() {
    return status >= 400;
  }

  /** The answer of the request that does not fail. */
  public Answer answer() {
    return redirects() ? answer(text).with("Location: " + links.getFirst()) : answer(body());
  }

  private Answer answer(String body) {
    return Answer.of(status, type, body.getBytes(ISO_8859_1));
  }

  private String body() {
    StringBuilder body = new StringBuilder(text);
    links.forEach(link -> body.append("<a href=\"%s\">%s</a>\n".formatted(link, link)));
    return body.toString();
  }
}
