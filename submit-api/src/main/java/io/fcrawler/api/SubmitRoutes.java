package io.fcrawler.api;

import com.google.common.collect.Iterators;
import com.google.common.collect.PeekingIterator;
import io.fcrawler.api.Submissions.Submission;
import io.fcrawler.seed.CrawlOptions;
import io.fcrawler.seed.Start;
import io.fcrawler.seed.StartParser;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Iterator;
import org.eclipse.jetty.http.HttpStatus;

/** {@code POST /api/submit}: one domain, or many. */
final class SubmitRoutes {
  private static final String LINES = "text/plain";

  private final Submissions submissions;
  private final BulkSubmissions bulk;
  private final boolean ignoreRobotsAllowed;

  SubmitRoutes(Submissions submissions, boolean ignoreRobotsAllowed) {
    this.submissions = submissions;
    this.bulk = new BulkSubmissions(submissions);
    this.ignoreRobotsAllowed = ignoreRobotsAllowed;
  }

  void addTo(RoutesConfig routes) {
    routes.post("/api/submit", this::submit);
  }

  private void submit(Context context) {
    if (JsonBody.mediaType(context).equals(LINES)) {
      JsonBody.checkEncoding(context);
      CrawlOptions options = SubmitRequest.options(context.queryParamMap(), ignoreRobotsAllowed);
      many(context, lines(context), options);
      return;
    }
    SubmitRequest request = SubmitRequest.of(JsonBody.object(context), ignoreRobotsAllowed);
    if (request.bulk()) {
      many(context, request.domains().iterator(), request.options());
    } else {
      one(context, StartParser.parse(request.domains().getFirst()), request.options());
    }
  }

  private static Iterator<String> lines(Context context) {
    PeekingIterator<String> lines = Iterators.peekingIterator(Lines.of(context.bodyInputStream()));
    if (lines.hasNext() && lines.peek().matches("\\{.*|\\[\\s*([\\[{\"].*)?")) {
      throw JsonBody.notTyped(); // no domain begins so, but JSON does
    }
    return lines;
  }

  /** 202 for a new crawl; 200 with the seed's crawl that is not finished. */
  private void one(Context context, Start start, CrawlOptions options) {
    Submission submission = submissions.submit(start, options);
    context.header("Location", Views.path(start.seed()));
    context.status(submission.made() ? HttpStatus.ACCEPTED_202 : HttpStatus.OK_200);
    JsonBody.send(context, Views.progress(submission.crawl()));
  }

  /** 202 where any crawl is new, else 200, or 400 where no domain is one. */
  private void many(Context context, Iterator<String> domains, CrawlOptions options) {
    Verdicts verdicts = bulk.submit(domains, options);
    context.status(verdicts.anyAccepted() ? HttpStatus.ACCEPTED_202 : HttpStatus.OK_200);
    JsonBody.send(context, verdicts.json());
  }
}
