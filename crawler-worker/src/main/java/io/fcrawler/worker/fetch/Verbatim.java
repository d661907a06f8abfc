package io.fcrawler.worker.fetch;

import java.io.IOException;
import java.net.HttpURLConnection;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Notes each answer as it was sent, and hides from OkHttp the statuses upon which it would act by
 * itself: it repeats a request at 408 and at 503 with {@code Retry-After: 0}, and throws at 407.
 */
final class Verbatim implements Interceptor {
  private static final int HIDDEN = HttpURLConnection.HTTP_INTERNAL_ERROR;

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    CallTrace trace = chain.request().tag(CallTrace.class);
    if (trace != null) {
      trace.answered(response);
    }
    return switch (response.code()) {
      case 407, 408, 503 -> response.newBuilder().code(HIDDEN).build();
      default -> response;
    };
  }
}
