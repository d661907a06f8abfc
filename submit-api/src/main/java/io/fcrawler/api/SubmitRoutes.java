package io.fcrawler.api;

import io.fcrawler.api.Submissions.Submission;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import org.eclipse.jetty.http.HttpStatus;

/** {@code POST /api/submit}. */
final class SubmitRoutes {
  private final Submissions submissions;
  private final boolean ignoreRobotsAllowed;

  SubmitRoutes(Submissions submissions, boolean ignoreRobotsAllowed) {
    this.submissions = submissions;
    this.ignoreRobotsAllowed = ignoreRobotsAllowed;
  }

  void addTo(RoutesConfig routes) {
    routes.post("/api/submit", this::submit);
  }

  /** 202 for a new crawl; 200 with the seed's crawl that is not finished. */
  private void submit(Context context) {
    SubmitRequest request = SubmitRequest.of(JsonBody.object(context), ignoreRobotsAllowed);
    Submission submission = submissions.submit(request.start(), request.options());
    context.header("Location", Views.path(request.start().seed()));
    context.status(submission.made() ? HttpStatus.ACCEPTED_202 : HttpStatus.OK_200);
    JsonBody.send(context, Views.progress(submission.crawl()));
  }
}
