package io.fcrawler.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/**
 * An error as <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a> has it.
 *
 * @param detail what was wrong, and what would be right
 * @param field the JSON field or the parameter that was wrong, if it was one
 * @param retryAfter when to ask again, where that may help
 */
public record Problem(
    int status, String detail, Optional<String> field, Optional<Duration> retryAfter) {
  public static final String CONTENT_TYPE = "application/problem+json";

  public Problem(int status, String detail) {
    this(status, detail, Optional.empty(), Optional.empty());
  }

  /** Input that was wrong in one field or parameter. */
  public static Problem ofField(String field, String detail) {
    return new Problem(HttpStatus.BAD_REQUEST_400, detail, Optional.of(field), Optional.empty());
  }

  /** A part that this program needs is away. */
  public static Problem unavailable(String detail, Duration retryAfter) {
    return new Problem(
        HttpStatus.SERVICE_UNAVAILABLE_503, detail, Optional.empty(), Optional.of(retryAfter));
  }

  /** Makes this the answer. */
  public void send(Context context) {
    retryAfter.ifPresent(
        after -> context.header("Retry-After", Long.toString(Math.max(1, after.toSeconds()))));
    context.status(status).contentType(CONTENT_TYPE).result(json());
  }

  /** The body, in UTF-8. */
  public byte[] json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("type", "about:blank").put("title", HttpStatus.getMessage(status));
    json.put("status", status).put("detail", detail);
    field.ifPresent(name -> json.put("field", name));
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}
