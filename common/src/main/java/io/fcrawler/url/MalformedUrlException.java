package io.fcrawler.url;

/** A text that is no URL to crawl; the message tells what is wrong and what would be right. */
public final class MalformedUrlException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedUrlException(String message) {
    super(message, null, false, false); // no stack trace: pages are full of such texts
  }
}
