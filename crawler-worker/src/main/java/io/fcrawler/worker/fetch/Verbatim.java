package io.fcrawler.worker.fetch;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.SocketException;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.internal.connection.RealConnection;
import org.jspecify.annotations.Nullable;

/**
 * Refuses answers whose end is in doubt, and hides from OkHttp the statuses upon which it would act
 * by itself: it repeats a request at 408, at 421, and at 503 with {@code Retry-After: 0}, and
 * throws at 407.
 */
final class Verbatim implements Interceptor {
  /** What an HTTP/2 stream may bring before it is read. */
  private static final long UNREAD = 512 << 10;

  private static final int HIDDEN = HttpURLConnection.HTTP_INTERNAL_ERROR;

  @Override
  public Response intercept(Chain chain) throws IOException {
    CallLimit memory = chain.request().tag(CallLimit.class);
    if (memory != null) {
      memory.holdBeside(unread(chain.connection()), false);
    }
    Response response = chain.proceed(chain.request());
    CallTrace trace = chain.request().tag(CallTrace.class);
    if (trace != null && trace.isStale()) {
      trace.unanswered();
      throw new SocketException("an answer before its request");
    }
    if (response.protocol().compareTo(Protocol.HTTP_1_1) <= 0) {
      Framing.check(response);
    }
    if (memory != null) {
      holdWindow(response, memory);
    }
    return switch (response.code()) {
      case 421 -> misdirected(chain, response);
      case 407, 408, 503 -> hidden(response);
      default -> response;
    };
  }

  private static void holdWindow(Response response, CallLimit memory) throws IOException {
    try {
      memory.holdBeside(DecoderMemory.of(response), response.protocol() == Protocol.HTTP_2);
    } catch (IOException e) {
      response.close();
      throw e;
    }
  }

  private static long unread(@Nullable Connection connection) {
    boolean multiplexed = connection != null && connection.protocol() == Protocol.HTTP_2;
    return multiplexed ? UNREAD : 0;
  }

  /** The connection is the wrong one for this host (RFC 9110, section 15.5.20). */
  private static Response misdirected(Chain chain, Response response) {
    if (chain.connection() instanceof RealConnection connection) {
      connection.noNewExchanges();
    }
    return hidden(response);
  }

  private static Response hidden(Response response) {
    return response.newBuilder().code(HIDDEN).build();
  }
}
