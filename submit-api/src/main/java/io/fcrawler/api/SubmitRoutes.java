package io.fcrawler.api;

import io.fcrawler.api.Submissions.Submission;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.Start;
import io.fcrawler.seed.StartParser;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import org.eclipse.jetty.http.HttpStatus;

/** {@code POST /api/submit}: one domain, or many. */
final class SubmitRoutes {
  private static final String LINES = "text/plain";

  /** A smaller body is read in less time than it takes to hand it over. */
  private static final int SMALL_BODY_BYTES = 4096;

  private final Submissions submissions;
  private final BulkThreads threads;
  private final BulkSubmissions bulk;
  private final boolean ignoreRobotsAllowed;

  SubmitRoutes(Submissions submissions, BulkThreads threads, boolean ignoreRobotsAllowed) {
    this.submissions = submissions;
    this.threads = threads;
    this.bulk = new BulkSubmissions(submissions, threads);
    this.ignoreRobotsAllowed = ignoreRobotsAllowed;
  }

  void addTo(RoutesConfig routes) {
    routes.post("/api/submit", this::submit);
  }

  private void submit(Context context) {
    if (JsonBody.mediaType(context).equals(LINES)) {
      JsonBody.checkEncoding(context);
      CrawlOptions options = SubmitRequest.options(context.queryParamMap(), ignoreRobotsAllowed);
      bulk.submit(new Lines(context.bodyInputStream()), options, new BulkAnswer(context));
      return;
    }
    byte[] body = JsonBody.bytes(context);
    SubmitRequest request =
        body.length <= SMALL_BODY_BYTES ? read(body) : threads.call(() -> read(body));
    if (request.bulk()) {
      Batches domains = Batches.of(request.domains());
      bulk.submit(domains, request.options(), new BulkAnswer(context));
    } else {
      one(context, StartParser.parse(request.domains().getFirst()), request.options());
    }
  }

  private SubmitRequest read(byte[] body) {
    return SubmitRequest.of(JsonBody.object(body), ignoreRobotsAllowed);
  }

  /** 202 for a new crawl; 200 with the seed's crawl that is not finished. */
  private void one(Context context, Start start, CrawlOptions options) {
    Submission submission = submissions.submit(start, options);
    context.header("Location", Views.path(start.seed()));
    context.status(submission.made() ? HttpStatus.ACCEPTED_202 : HttpStatus.OK_200);
    JsonBody.send(context, Views.progress(submission.crawl()));
  }
}
