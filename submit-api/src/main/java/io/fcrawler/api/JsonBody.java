package io.fcrawler.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fcrawler.config.Env;
import io.fcrawler.http.WebServer;
import io.fcrawler.seed.BadInputException;
import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import io.javalin.http.UnsupportedMediaTypeResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/** JSON in requests, read strictly, and in answers. */
final class JsonBody {
  private static final String FIELD = "body";
  private static final String JSON = "application/json";

  /** What curl says of every body whose type it was not told. */
  private static final String UNTOLD = "application/x-www-form-urlencoded";

  private static final int MAX_DEPTH = 32;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonBody() {}

  /**
   * The request's body, which says that it is JSON.
   *
   * @throws BadInputException where it broke off
   * @throws UnsupportedMediaTypeResponse where it does not say that it is JSON
   * @throws ContentTooLargeResponse where it has more than {@link WebServer#MAX_BODY_BYTES}
   */
  static byte[] bytes(Context context) {
    checkType(mediaType(context));
    checkEncoding(context);
    if (context.req().getContentLengthLong() > WebServer.MAX_BODY_BYTES) {
      throw new ContentTooLargeResponse();
    }
    try {
      byte[] body = context.req().getInputStream().readNBytes(WebServer.MAX_BODY_BYTES + 1);
      if (body.length > WebServer.MAX_BODY_BYTES) {
        throw new ContentTooLargeResponse();
      }
      return body;
    } catch (IOException e) {
      throw new BadInputException(FIELD, "the body ended before it was complete");
    }
  }

  /**
   * Reads a JSON object in UTF-8.
   *
   * @throws BadInputException where it is none
   */
  static JsonNode object(byte[] body) {
    try {
      JsonNode json = MAPPER.readTree(body);
      if (json.isObject()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      throw notJson(e);
    } catch (IOException e) {
      throw new BadInputException(FIELD, "the body is not JSON in UTF-8");
    }
    throw new BadInputException(
        FIELD, "the body is not a JSON object such as {\"domain\":\"example.com\"}");
  }

  /** The type of the request's body, without parameters; empty where it is not told. */
  static String mediaType(Context context) {
    String type = Objects.requireNonNullElse(context.contentType(), "");
    return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static void checkType(String media) {
    if (!media.equals(JSON) && !media.equals(UNTOLD)) {
      throw notTyped();
    }
  }

  /** The body is, or says that it is, of another type. */
  static UnsupportedMediaTypeResponse notTyped() {
    return new UnsupportedMediaTypeResponse(
        "The body must be JSON, sent with Content-Type: application/json; or domains, one on each"
            + " line, with Content-Type: text/plain.");
  }

  static void checkEncoding(Context context) {
    String encoding = context.header("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new UnsupportedMediaTypeResponse("The body must be sent without a Content-Encoding.");
    }
  }

  private static BadInputException notJson(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    String where =
        at == null ? "" : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr());
    return new BadInputException(
        FIELD, "the body is not JSON: " + Env.quoted(e.getOriginalMessage()) + where);
  }

  /** Makes {@code json} the answer, which nothing on the way may keep. */
  static void send(Context context, JsonNode json) {
    send(context, json.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Makes JSON in UTF-8 the answer; {@code json} is not copied. */
  static void send(Context context, byte[] json) {
    describe(context);
    context.result(json);
  }

  /** Sets the headers of an answer in JSON. */
  static void describe(Context context) {
    context.contentType(JSON).header("Cache-Control", "no-store");
  }
}
