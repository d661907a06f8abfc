package io.fcrawler.store;

/** A URL that was kept out of a crawl, and why. */
public record Exclusion(String url, String reason) {}
