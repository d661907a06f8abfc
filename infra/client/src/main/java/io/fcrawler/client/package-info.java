/**
 * The client of the HTTP API, shared by the command line, the demonstration and the chaos runs.
 *
 * <p>Enters: seeds, options, parameters. Leaves: JSON objects that know their own text, or a {@link
 * io.fcrawler.client.ClientException} that says in one line what was wrong.
 *
 * <p>Invariants: a call is one request, never repeated; nothing is loaded but Jackson's parser and
 * the JDK's oldest HTTP client, so that a command line can start at once.
 */
@NullMarked
package io.fcrawler.client;

import org.jspecify.annotations.NullMarked;
