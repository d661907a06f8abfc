/**
 * The command line client: one class for each command, and what they share.
 *
 * <p>Enters: arguments, and variables of the environment. Leaves: lines on standard output (text,
 * or the JSON of the API as it is), one line on standard error for each thing that went wrong, and
 * an exit code.
 *
 * <p>Invariants: it starts at once, so nothing of Kafka is loaded but by the command that reads it,
 * nothing is logged, and no other module of fcrawler is used but the client of its API; with {@code
 * --json} there is nothing but JSON on standard output.
 */
@NullMarked
package io.fcrawler.cli;

import org.jspecify.annotations.NullMarked;
