package io.fcrawler.standalone.demo;

import io.fcrawler.testing.web.Site;
import io.fcrawler.testing.web.SiteServer;
import java.io.IOException;

/** The built-in site, served on a free port of loopback until it is closed. */
public final class DemoSite implements AutoCloseable {
  private final Site site;
  private final SiteServer server;

  private DemoSite(Site site) throws IOException {
    this.site = site;
    server = SiteServer.start().serve(site);
  }

  /** A site of about 200 pages, which answers as slowly as sites do. */
  public static DemoSite start() throws IOException {
    return new DemoSite(SitePages.small());
  }

  /** A site of about 1,100 longer pages, which answers at once. */
  public static DemoSite startLarge() throws IOException {
    return new DemoSite(SitePages.large());
  }

  /** The site's host and port. */
  public String authority() {
    return server.authority();
  }

  SiteFacts facts() {
    return SiteFacts.of(site.truth());
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
