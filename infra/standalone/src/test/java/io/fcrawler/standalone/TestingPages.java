package io.fcrawler.standalone;

import io.fcrawler.testing.web.Site;
import io.fcrawler.testing.web.SiteServer;
import io.fcrawler.testing.web.Visit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.stream.Stream;

/** A site of so many pages, each of which takes its time. */
final class TestingPages implements AutoCloseable {
  private final SiteServer server;

  TestingPages(int pages) throws IOException {
    server = SiteServer.start().serve(Site.tree(pages, Duration.ofMillis(20)));
  }

  /** The seed by which it is known. */
  String seed() {
    return server.authority();
  }

  /** Requests for pages so far. */
  int requests() {
    return (int) visits().count();
  }

  /** Requests beyond the first of each page. */
  int repeated() {
    return requests() - (int) visits().map(Visit::target).distinct().count();
  }

  private Stream<Visit> visits() {
    return server.log().stream().filter(visit -> !visit.isRobots());
  }

  /** From now on requests wait for {@link #letGo}. */
  void hold() {
    server.hold();
  }

  void letGo() {
    server.letGo();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
