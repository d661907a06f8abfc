package io.fcrawler.store;

import java.util.Set;

/**
 * A URL that was kept out of a crawl, and why. The reasons of {@link #OF_THE_WAY} are those of the
 * way by which it was found: when it is found by another one, which is free, it is admitted.
 */
public record Exclusion(String url, String reason) {
  public static final String ROBOTS = "robots";
  public static final String PATTERN = "pattern";
  public static final String URL_LENGTH = "url_length";
  public static final String MAX_PAGES = "max_pages";
  public static final String MAX_DEPTH = "max_depth";
  public static final String REDIRECT_LIMIT = "redirect_limit";
  public static final String NOFOLLOW = "nofollow";

  /** As in {@code turn.lua}. */
  public static final Set<String> OF_THE_WAY = Set.of(MAX_DEPTH, REDIRECT_LIMIT, NOFOLLOW);
}
