package io.fcrawler.api;

import com.fasterxml.jackson.databind.node.TextNode;
import io.javalin.http.Context;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.zip.InflaterInputStream;
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
 * waiting for them here would stop both sides. What is not sent yet is kept in memory, deflated.
 */
final class BulkAnswer {
  private static final Logger LOG = LoggerFactory.getLogger(BulkAnswer.class);

  private final Context context;
  private final Verdicts verdicts = new Verdicts();
  private final List<byte[]> unsent = new ArrayList<>();
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

  /** Sends verdicts, as {@link Verdicts#takeResults} gave them, once any crawl is new. */
  void add(byte[] results) {
    unsent.add(results);
    if (!begun && verdicts.anyAccepted()) {
      begin(HttpStatus.ACCEPTED_202);
    }
    if (begun) {
      sendResults();
    }
  }

  /**
   * Ends the answer, and waits until it is sent.
   *
   * @param problem why there are no further verdicts, where there should be
   */
  void end(Optional<String> problem) {
    if (!begun) {
      begin(HttpStatus.OK_200);
    }
    unsent.add(verdicts.takeResults());
    sendResults();
    String tail = "]," + verdicts.counts() + problem.map(BulkAnswer::member).orElse("") + "}";
    send(() -> tail.getBytes(StandardCharsets.UTF_8));
    sent.join();
  }

  private void begin(int status) {
    begun = true;
    context.status(status);
    JsonBody.describe(context);
    send(() -> "{\"results\":[".getBytes(StandardCharsets.UTF_8));
  }

  private void sendResults() {
    for (byte[] results : unsent) {
      send(() -> new InflaterInputStream(new ByteArrayInputStream(results)).readAllBytes());
    }
    unsent.clear();
  }

  private static String member(String problem) {
    return ",\"problem\":" + TextNode.valueOf(problem);
  }

  /** What is sent when its turn comes. */
  private interface Content {
    byte[] bytes() throws IOException;
  }

  private void send(Content json) {
    sent = sent.thenRunAsync(() -> write(json), Thread::startVirtualThread);
  }

  private void write(Content json) {
    try {
      context.res().getOutputStream().write(json.bytes());
      context.res().flushBuffer();
    } catch (IOException e) {
      LOG.debug("A client does not take its verdicts", e); // the submission goes on without it
    }
  }
}
