package io.fcrawler.http;

import java.nio.ByteBuffer;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Makes a problem of what Jetty refuses before a route sees it, such as a broken URI. */
final class ProblemErrorHandler extends ErrorHandler {
  private static final HttpField CONTENT_TYPE =
      new HttpField(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);

  /** Jetty's for a version or a transfer coding that is none; no fault of this server. */
  private static final Set<Integer> OF_BROKEN_REQUESTS =
      Set.of(HttpStatus.NOT_IMPLEMENTED_501, HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505);

  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int status,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    int answered = OF_BROKEN_REQUESTS.contains(status) ? HttpStatus.BAD_REQUEST_400 : status;
    response.setStatus(answered);
    response.getHeaders().put(CONTENT_TYPE);
    response.write(true, body(answered, message), callback);
  }

  private static ByteBuffer body(int status, @Nullable String message) {
    String detail =
        message == null || message.isBlank() || status >= HttpStatus.INTERNAL_SERVER_ERROR_500
            ? HttpStatus.getMessage(status)
            : message;
    return ByteBuffer.wrap(new Problem(status, detail).json());
  }
}
