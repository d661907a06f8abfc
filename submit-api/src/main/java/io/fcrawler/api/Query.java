package io.fcrawler.api;

import io.fcrawler.config.Env;
import io.fcrawler.seed.BadInputException;
import io.fcrawler.store.CrawlStatus;
import io.fcrawler.store.ListQuery;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The query parameters that several listings have. */
final class Query {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1000;
  private static final List<String> STATUSES =
      Arrays.stream(CrawlStatus.values()).map(CrawlStatus::word).toList();

  private Query() {}

  /** {@code limit}: entries on a page, 1 to 1000. */
  static int limit(Context context) {
    String text = context.queryParam("limit");
    if (text == null) {
      return DEFAULT_LIMIT;
    }
    if (text.matches("\\d{1,4}")) {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MAX_LIMIT) {
        return limit;
      }
    }
    throw new BadInputException(
        "limit",
        "limit must be a whole number from 1 to %d, not %s".formatted(MAX_LIMIT, Env.quoted(text)));
  }

  /** {@code limit}, {@code cursor} and {@code reason}: part of a listing of URLs. */
  static ListQuery listing(Context context) {
    return new ListQuery(
        limit(context),
        Optional.ofNullable(context.queryParam("cursor")).map(Cursor::read),
        Optional.ofNullable(context.queryParam("reason")).map(Query::reason));
  }

  private static String reason(String text) {
    if (!text.matches("[a-z0-9_]{1,40}")) {
      throw new BadInputException(
          "reason",
          "reason must be a word as it is listed, such as http_404 or robots, not "
              + Env.quoted(text));
    }
    return text;
  }

  /** {@code status}: a word such as {@code crawling}. */
  static Optional<CrawlStatus> status(Context context) {
    String text = context.queryParam("status");
    if (text == null) {
      return Optional.empty();
    }
    if (!STATUSES.contains(text)) {
      throw new BadInputException(
          "status",
          "status must be one of %s, not %s"
              .formatted(String.join(", ", STATUSES), Env.quoted(text)));
    }
    return Optional.of(CrawlStatus.ofWord(text));
  }
}
