package io.fcrawler.cli;

import io.fcrawler.cli.exit.ExitCodes;
import io.fcrawler.cli.text.Output;
import io.fcrawler.cli.watch.BarsView;
import io.fcrawler.cli.watch.JsonView;
import io.fcrawler.cli.watch.LinesView;
import io.fcrawler.cli.watch.View;
import io.fcrawler.cli.watch.Watch;
import io.fcrawler.cli.watch.Watch.Target;
import io.fcrawler.client.Api;
import io.fcrawler.client.Crawl;
import java.util.List;

/** Watches crawls for a command, and judges how they ended. */
final class WatchRun {
  private final Session session;
  private final boolean json;
  private final boolean strict;

  WatchRun(Session session, boolean json, boolean strict) {
    this.session = session;
    this.json = json;
    this.strict = strict;
  }

  /** Returns the exit code. */
  int watch(Api api, List<Target> targets) throws InterruptedException {
    Output output = session.output();
    int code = ExitCodes.FINE;
    for (Crawl crawl : new Watch(api, view(), output, session.time()).untilFinished(targets)) {
      if (!isGood(crawl)) {
        code = ExitCodes.REFUSED;
      }
    }
    return code;
  }

  private View view() {
    Output output = session.output();
    if (json) {
      return new JsonView(output);
    }
    return output
        .terminal()
        .<View>map(size -> new BarsView(output, size))
        .orElseGet(() -> new LinesView(output, session.time()::nanoTime));
  }

  /** Dead links alone make no crawl bad, unless it is asked for. */
  private boolean isGood(Crawl crawl) {
    boolean nothing = crawl.crawled() == 0 && crawl.failed() > 0;
    return crawl.status().equals("done") && !nothing && !(strict && crawl.failed() > 0);
  }
}
