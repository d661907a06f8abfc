package io.fcrawler.api;

import com.fasterxml.jackson.databind.node.TextNode;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer to a submission of many domains: one JSON object with each verdict, in order, and
 * their numbers. It begins with the first new crawl, which makes its status a 202 whatever follows;
 * from then on verdicts are sent as they come, so that a client whose request breaks off knows how
 * far it came. Not thread-safe.
 *
 * <p>A thread of its own sends, since many clients read nothing before they have sent everything:
 * waiting for them here would stop both sides. What is not sent yet is kept in memory.
 */
final class BulkAnswer {
  private static final Logger LOG = LoggerFactory.getLogger(BulkAnswer.class);

  private final Context context;
  private final Verdicts verdicts = new Verdicts();
  private boolean begun;
  private CompletableFuture<Void> sent = CompletableFuture.completedFuture(null);

  BulkAnswer(Context context) {
    this.context = context;
  }

  Verdicts verdicts() {
    return verdicts;
  }

  /** Whether status and first verdicts are sent, so that no other answer can be given. */
  boolean hasBegun() {
    return begun;
  }

  /** Sends the verdicts so far, if any crawl is new. */
  void proceed() {
    if (!begun && verdicts.anyAccepted()) {
      begun = true;
      context.status(HttpStatus.ACCEPTED_202);
      JsonBody.describe(context);
      send("{\"results\":[".getBytes(StandardCharsets.UTF_8));
    }
    if (begun) {
      send(verdicts.takeResults());
    }
  }

  /**
   * Ends the answer, and waits until it is sent.
   *
   * @param problem why there are no further verdicts, where there should be
   */
  void end(Optional<String> problem) {
    proceed();
    String tail = "]," + verdicts.counts() + problem.map(BulkAnswer::member).orElse("") + "}";
    if (begun) {
      send(tail.getBytes(StandardCharsets.UTF_8));
      sent.join();
      return;
    }
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    json.writeBytes("{\"results\":[".getBytes(StandardCharsets.UTF_8));
    json.writeBytes(verdicts.takeResults());
    json.writeBytes(tail.getBytes(StandardCharsets.UTF_8));
    context.status(HttpStatus.OK_200);
    JsonBody.send(context, json.toByteArray());
  }

  private static String member(String problem) {
    return ",\"problem\":" + TextNode.valueOf(problem);
  }

  private void send(byte[] json) {
    sent = sent.thenRunAsync(() -> write(json), Thread::startVirtualThread);
  }

  private void write(byte[] json) {
    try {
      context.res().getOutputStream().write(json);
      context.res().flushBuffer();
    } catch (IOException e) {
      LOG.debug("A client does not take its verdicts", e); // the submission goes on without it
    }
  }
}
