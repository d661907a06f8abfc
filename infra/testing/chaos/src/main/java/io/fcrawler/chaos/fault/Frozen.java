package io.fcrawler.chaos.fault;

/**
 * A part that stood still, so that it could abort nothing. Of {@link System#nanoTime}.
 *
 * @param part its name
 */
public record Frozen(String part, long fromNs, long toNs) {}
