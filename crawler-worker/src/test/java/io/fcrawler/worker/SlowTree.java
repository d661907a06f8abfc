package io.fcrawler.worker;

import io.fcrawler.worker.testing.Answer;
import io.fcrawler.worker.testing.TestingSite;
import java.time.Duration;

/** Pages that take a while each, so that a fault meets a crawl in its midst. */
final class SlowTree {
  private SlowTree() {}

  /** Gives a site so many pages, each of which links to three more, and to the first. */
  static void grow(TestingSite site, int pages, Duration each) {
    for (int i = 0; i < pages; i++) {
      StringBuilder html = new StringBuilder("<a href=/>top</a>");
      for (int link = 3 * i + 1; link <= 3 * i + 3 && link < pages; link++) {
        html.append("<a href=/").append(link).append(">x</a>");
      }
      Answer answer = Answer.html(html.toString());
      site.route(
          i == 0 ? "/" : "/" + i,
          (request, socket, out) -> {
            Thread.sleep(each); // the site's own time to answer
            answer.writeTo(out);
            return true;
          });
    }
  }
}
