package io.fcrawler.http;

import com.google.common.base.Throwables;
import io.fcrawler.config.ListenSettings;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.UnsupportedMediaTypeResponse;
import io.javalin.router.Endpoint;
import io.javalin.util.JavalinBindException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running HTTP server; a virtual thread for each request. Thread-safe. */
public final class WebServer implements AutoCloseable {
  /** The largest body of a request, in bytes; a larger one is answered 413. */
  public static final int MAX_BODY_BYTES = 1 << 20;

  /** How many bytes of an unread body the server reads before it gives up on the sender. */
  private static final long MOST_READ_ON = 32L << 20;

  private static final Pattern BROKEN_ENCODING = Pattern.compile("%(?![0-9A-Fa-f]{2})");
  private static final String INTERNAL = "This request failed in the program; its log tells why.";
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

  private final Javalin javalin;

  private WebServer(Javalin javalin) {
    this.javalin = javalin;
  }

  /**
   * Starts to listen.
   *
   * @param stopWithin how long {@link #close} waits for requests under way
   * @param registry gets the times of requests, by route
   * @throws PortUnavailableException if the port is taken, or address or port may not be used
   */
  public static WebServer start(
      ListenSettings listen,
      Duration stopWithin,
      MeterRegistry registry,
      Consumer<RoutesConfig> routes) {
    Javalin javalin =
        Javalin.create(config -> {
          configure(config, stopWithin);
          config.requestLogger.http((context, ms) -> time(registry, context, ms));
          errors(config);
          config.routes.before(new ForeignRequests(listen.hosts())::check);
          config.routes.before(WebServer::checkCharset);
          config.routes.before(WebServer::checkQuery);
          routes.accept(config.routes);
          config.routes.after(WebServer::readOn);
        });
    try {
      return new WebServer(javalin.start(listen.bind().getHostAddress(), listen.port()));
    } catch (JavalinBindException e) {
      throw new PortUnavailableException(
          "Port %d of %s cannot be listened on: %s"
              .formatted(
                  listen.port(),
                  listen.bind().getHostAddress(),
                  Throwables.getRootCause(e).getMessage()),
          e);
    }
  }

  public int port() {
    return javalin.port();
  }

  /** Each route as {@code GET /path/{parameter}}. */
  public List<String> routes() {
    return javalin.unsafe.internalRouter.allHttpHandlers().stream()
        .map(parsed -> parsed.endpoint)
        .filter(endpoint -> endpoint.method.isHttpMethod())
        .map(endpoint -> endpoint.method.name() + " " + endpoint.path)
        .toList();
  }

  /** Takes no further requests, and waits for those under way. */
  @Override
  public void close() {
    javalin.stop();
  }

  private static void configure(JavalinConfig config, Duration stopWithin) {
    config.concurrency.useVirtualThreads = true;
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.http.maxRequestSize = MAX_BODY_BYTES;
    config.jetty.modifyServer(server -> {
      server.setStopTimeout(stopWithin.toMillis());
      server.setErrorHandler(new ProblemErrorHandler());
    });
  }

  private static void errors(JavalinConfig config) {
    config.routes.exception(MethodNotAllowedResponse.class, WebServer::methodNotAllowed);
    config.routes.exception(
        NotFoundResponse.class,
        (e, context) ->
            new Problem(
                    HttpStatus.NOT_FOUND_404,
                    "There is nothing at this path; GET / lists what there is.")
                .send(context));
    config.routes.exception(HttpResponseException.class, WebServer::refused);
    config.routes.exception(Exception.class, WebServer::failed);
    config.router.javaLangErrorHandler(WebServer::broken);
  }

  /** Else whatever reads a parameter or the body as text would fail. */
  private static void checkCharset(Context context) {
    try {
      checkCharset(context.req().getCharacterEncoding());
      checkCharset(context.characterEncoding()); // Javalin reads the header by itself
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new UnsupportedMediaTypeResponse(
          "The charset in Content-Type is not a known one; leave it out, or give utf-8.");
    }
  }

  private static void checkCharset(@Nullable String charset) {
    if (charset != null) {
      Charset.forName(charset);
    }
  }

  /** A parameter that cannot be decoded would be passed over. */
  private static void checkQuery(Context context) {
    String query = context.queryString();
    if (query != null && BROKEN_ENCODING.matcher(query).find()) {
      throw new BadRequestResponse(
          "The query has a percent sign that two hexadecimal digits do not follow; write %25 for it.");
    }
  }

  /**
   * Reads the rest of the body that a handler left unread: many clients read the answer only after
   * they have sent everything (RFC 9112, section 9.6). A body above the limit is not read, nor one
   * whose client waits for 100 Continue.
   */
  private static void readOn(Context context) {
    HttpServletRequest request = context.req();
    if (request.getContentLengthLong() > MOST_READ_ON || request.getHeader("Expect") != null) {
      return;
    }
    try {
      request.getInputStream().skip(MOST_READ_ON);
    } catch (IOException e) {
      LOG.debug("{} had a client that ended its request", route(context), e);
    }
  }

  /** OPTIONS is allowed everywhere, and answered by the names of the other methods. */
  private static void methodNotAllowed(MethodNotAllowedResponse e, Context context) {
    String declared = String.join(", ", e.getDetails().values());
    String allowed = declared.replace("GET", "GET, HEAD") + ", OPTIONS";
    context.header("Allow", allowed);
    if (context.method().equals(HandlerType.OPTIONS)) {
      context.status(HttpStatus.NO_CONTENT_204).result("");
      return;
    }
    new Problem(e.getStatus(), "This path takes " + allowed + ".").send(context);
  }

  private static void refused(HttpResponseException e, Context context) {
    String detail =
        e.getStatus() == HttpStatus.PAYLOAD_TOO_LARGE_413
            ? "The body is larger than %d bytes.".formatted(MAX_BODY_BYTES)
            : String.valueOf(e.getMessage());
    new Problem(e.getStatus(), detail).send(context);
  }

  private static void failed(Exception e, Context context) {
    if (Throwables.getCausalChain(e).stream().anyMatch(WebServer::isOfClient)) {
      LOG.debug("{} had a client that ended its request", route(context), e);
      new Problem(HttpStatus.BAD_REQUEST_400, "The request's body is not complete.").send(context);
      return;
    }
    LOG.error("{} failed", route(context), e);
    new Problem(HttpStatus.INTERNAL_SERVER_ERROR_500, INTERNAL).send(context);
  }

  /** The client is gone, sent a broken body, or too little of it for too long. */
  private static boolean isOfClient(Throwable cause) {
    return cause instanceof EOFException
        || cause instanceof HttpException
        || (cause instanceof TimeoutException
            && String.valueOf(cause.getMessage()).startsWith("Idle timeout expired"));
  }

  private static void broken(HttpServletResponse response, Error error) {
    LOG.error("A request failed", error);
    response.setStatus(HttpStatus.INTERNAL_SERVER_ERROR_500);
    response.setContentType(Problem.CONTENT_TYPE);
    try {
      response
          .getOutputStream()
          .write(new Problem(HttpStatus.INTERNAL_SERVER_ERROR_500, INTERNAL).json());
    } catch (IOException e) {
      throw new UncheckedIOException("the client is gone", e);
    }
  }

  private static void time(MeterRegistry registry, Context context, float ms) {
    Timer.builder("http.server.requests")
        .tag("route", route(context))
        .tag("status", Integer.toString(context.statusCode()))
        .register(registry)
        .record((long) (ms * 1000), TimeUnit.MICROSECONDS);
  }

  /** The route as it was declared: nothing that a client sent. */
  private static String route(Context context) {
    Endpoint endpoint = context.endpoints().matchedHttpEndpoint();
    return endpoint == null ? "none" : endpoint.method.name() + " " + endpoint.path;
  }
}
