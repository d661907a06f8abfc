/**
 * The HTTP server that both programs run: routes on virtual threads, errors as problem details, an
 * orderly stop.
 *
 * <p>Requests that a browser sends for a page of another site are refused before any route.
 *
 * <p>Enters: routes. Leaves: answers; every error, the server's own included, is a {@link
 * io.fcrawler.http.Problem}.
 */
@NullMarked
package io.fcrawler.http;

import org.jspecify.annotations.NullMarked;
