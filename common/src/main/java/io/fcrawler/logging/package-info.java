/**
 * How log lines are written, so that no text from outside can forge one or steer a terminal.
 *
 * <p>Enters: messages, names of threads, and exceptions that quote what sites, users and servers
 * sent. Leaves: the same with every character that does not show written as an escape; only the
 * line ends that a stack trace itself has stay. {@code logback.xml} names the classes.
 */
@NullMarked
package io.fcrawler.logging;

import org.jspecify.annotations.NullMarked;
