package io.fcrawler.worker.fetch;

import io.fcrawler.seed.BadInputException;
import io.fcrawler.seed.StartParser;
import io.fcrawler.store.memory.MemoryCrawlStore;
import io.fcrawler.testing.web.Answer;
import io.fcrawler.testing.web.SiteServer;
import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.FetchOutcome.Fetched;
import io.fcrawler.worker.fetch.FetchOutcome.Redirected;
import io.fcrawler.worker.link.LinkResolver;
import io.fcrawler.worker.parse.PageParser;
import io.fcrawler.worker.robots.RobotsCache;
import io.fcrawler.worker.robots.RobotsFetching;
import io.fcrawler.worker.robots.RobotsSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * How a URL comes to be fetched: by a user, or by a site that may be crawled. Scope is not looked
 * at, which would keep most of them out.
 */
enum Way {
  SUBMITTED {
    @Override
    void go(SiteServer site, String spelling, RobotsFetching fetch) throws InterruptedException {
      for (String text : submissions(spelling)) {
        CrawlUrl url;
        try {
          url = StartParser.parse(text).url();
        } catch (BadInputException e) {
          continue; // answered with 400
        }
        fetch.fetch(url);
      }
    }
  },
  LINKED {
    @Override
    void go(SiteServer site, String spelling, RobotsFetching fetch) throws InterruptedException {
      page(site, Answer.html("<a href=\"" + escaped(spelling) + "\">x</a>"), fetch);
    }
  },
  FRAMED {
    @Override
    void go(SiteServer site, String spelling, RobotsFetching fetch) throws InterruptedException {
      page(site, Answer.html("<iframe src=\"" + escaped(spelling) + "\"></iframe>"), fetch);
    }
  },
  BASE {
    @Override
    void go(SiteServer site, String spelling, RobotsFetching fetch) throws InterruptedException {
      String html = "<base href=\"" + escaped(spelling) + "\"><a href=x>x</a>";
      page(site, Answer.html(html), fetch);
    }
  },
  META_REFRESH {
    @Override
    void go(SiteServer site, String spelling, RobotsFetching fetch) throws InterruptedException {
      String content = "0;url='" + escaped(spelling).replace("'", "%27") + "'";
      page(site, Answer.html("<meta http-equiv=refresh content=\"" + content + "\">"), fetch);
    }
  },
  REFRESH_HEADER {
    @Override
    void go(SiteServer site, String spelling, RobotsFetching fetch) throws InterruptedException {
      page(site, Answer.html("x").with("Refresh: 0; url=" + oneLine(spelling)), fetch);
    }
  },
  REDIRECTED {
    @Override
    void go(SiteServer site, String spelling, RobotsFetching fetch) throws InterruptedException {
      page(site, Answer.redirect(302, oneLine(spelling)), fetch);
    }
  },
  ROBOTS_REDIRECTED {
    @Override
    void go(SiteServer site, String spelling, RobotsFetching fetch) throws InterruptedException {
      site.route("/robots.txt", Answer.redirect(301, oneLine(spelling)));
      RobotsCache robots =
          new RobotsCache(
              RobotsSettings.of("fcrawler"), new MemoryCrawlStore(InstantSource.system()).robots());
      robots.rules(CrawlUrl.parse(site.url("/")).orElseThrow(), Duration.ofDays(1), fetch);
    }
  };

  /** Fetches all to which the site, or the user, leads by this way. */
  abstract void go(SiteServer site, String spelling, RobotsFetching fetch)
      throws InterruptedException;

  /** With the scheme as it is, and without it. */
  private static List<String> submissions(String spelling) {
    List<String> texts = new ArrayList<>(List.of(spelling));
    if (spelling.startsWith("http://")) {
      texts.add(spelling.substring("http://".length()));
    }
    return texts;
  }

  private static void page(SiteServer site, Answer answer, RobotsFetching fetch)
      throws InterruptedException {
    site.route("/page", answer);
    List<CrawlUrl> found =
        switch (fetch.fetch(CrawlUrl.parse(site.url("/page")).orElseThrow())) {
          case Fetched page ->
              new PageParser("fcrawler").parse(page.url(), page.meta(), page.body()).links();
          case Redirected moved ->
              moved.location().flatMap(to -> LinkResolver.resolve(moved.url(), to)).stream()
                  .toList();
          case FetchOutcome other -> throw new AssertionError(other.toString());
        };
    for (CrawlUrl url : found) {
      fetch.fetch(url);
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
  }

  /** A header can't have the line ends that browsers drop from URLs. */
  private static String oneLine(String text) {
    return text.replaceAll("[\\r\\n]", "");
  }
}
