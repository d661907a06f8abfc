package io.fcrawler.worker.parse;

/**
 * A heading of a page.
 *
 * @param level 1 to 6
 * @param text with single spaces
 */
public record Heading(int level, String text) {}
