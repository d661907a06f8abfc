package io.fcrawler.worker.fetch;

import java.net.ProtocolException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import okhttp3.Headers;
import okhttp3.Response;

/** Where the body of an HTTP/1 message ends (RFC 9112, section 6.3). */
final class Framing {
  private static final int DIGITS_OF_LONG = 18;

  private Framing() {}

  /**
   * Checks that the header says it without a doubt: by chunks alone, or by one length.
   *
   * @throws ProtocolException where it does not, or in a way that OkHttp does not read
   */
  static void check(Response response) throws ProtocolException {
    if (hasNoBody(response.code())) {
      return;
    }
    List<String> codings =
        list(response.headers(), "Transfer-Encoding")
            .filter(coding -> !coding.equals("identity"))
            .toList();
    if (codings.isEmpty()) {
      checkLength(response.headers());
    } else if (!"chunked".equalsIgnoreCase(response.header("Transfer-Encoding"))
        || codings.stream().anyMatch(coding -> !coding.equals("chunked"))) {
      throw new ProtocolException("unknown Transfer-Encoding");
    }
  }

  private static void checkLength(Headers headers) throws ProtocolException {
    Set<String> lengths = new HashSet<>(headers.values("Content-Length"));
    boolean whole =
        lengths.stream()
            .allMatch(length -> length.matches("\\d+") && length.length() <= DIGITS_OF_LONG);
    if (lengths.size() > 1 || !whole) {
      throw new ProtocolException("invalid Content-Length");
    }
  }

  /** Whether an answer ends with its header, whatever that says. */
  static boolean hasNoBody(int status) {
    return status < 200 || status == 204 || status == 304;
  }

  /** The members of a list in lower case, over all headers of a name. */
  static Stream<String> list(Headers headers, String name) {
    return headers.values(name).stream()
        .flatMap(value -> Stream.of(value.split(",")))
        .map(member -> member.strip().toLowerCase(Locale.ROOT))
        .filter(member -> !member.isEmpty());
  }
}
