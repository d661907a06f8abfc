/**
 * Micro-benchmarks of what a worker does most: normalising and resolving URLs, fingerprints,
 * parsing, turns. No part of the product; {@code scripts/jmh.sh} runs them.
 *
 * <p>Enters: nothing; samples are made here, the same each time. Leaves: JMH's table.
 *
 * <p>Invariants: no network but a Redis of their own on loopback; what a benchmark measures does
 * not depend on how often it ran before. A state belongs to one thread.
 */
@NullMarked
package io.fcrawler.jmh;

import org.jspecify.annotations.NullMarked;
