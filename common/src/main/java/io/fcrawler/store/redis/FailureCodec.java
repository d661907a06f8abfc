package io.fcrawler.store.redis;

import io.fcrawler.store.Failure;
import io.fcrawler.store.Outcome;
import java.time.Instant;

/** The value of a listed failure: reason, HTTP status, attempts, referrer, time (ms), by tabs. */
final class FailureCodec {
  private FailureCodec() {}

  /** Without the time, which the script appends. */
  static String write(Outcome.Failed failed) {
    return String.join(
        "\t",
        failed.reason(),
        Integer.toString(failed.httpStatus()),
        Integer.toString(failed.attempts()),
        failed.referrer());
  }

  static Failure read(String url, String value) {
    String[] f = value.split("\t", -1);
    return new Failure(
        url,
        f[0],
        Integer.parseInt(f[1]),
        Integer.parseInt(f[2]),
        f[3],
        Instant.ofEpochMilli(Long.parseLong(f[4])));
  }
}
